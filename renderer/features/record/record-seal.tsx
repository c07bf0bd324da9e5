import { useStation } from '../../app/context.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Whose signature stands under the record, and what that is worth on this computer. */
export function RecordSeal() {
  const record = useStation((state) => state.frame?.record);
  if (record === undefined || record.rootFingerprint === '') return null;
  return (
    <Notice tone="info">
      Record signed under root key <strong>{record.rootFingerprint}</strong>
      {' - '}
      {record.sealed ? 'sealed by the key store of this computer' : 'unsealed: the key lies in a file of this account'}
      {' - '}
      {record.enrolled ? 'enrolled' : 'unenrolled: compare it with the paper from the installation'}
    </Notice>
  );
}
