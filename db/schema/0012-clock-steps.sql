-- How far the wall clock was put is asked at each opening of a session.
CREATE INDEX audit_clock_steps ON audit (seq) WHERE act = 'clock.step';
