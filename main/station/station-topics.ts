import type { TopicData, Update } from '../../preload/contract/api.ts';
import type { TopicName } from '../../preload/contract/contract.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { Publisher } from './topics.ts';

type Publishers = { readonly [Name in TopicName]: Publisher<TopicData<Name>> };

/** The station's topics. Only `station` has a present state, so only it begins with a snapshot. */
export class StationTopics {
  readonly #publishers: Publishers;
  readonly #frame: () => StationFrame;

  constructor(frame: () => StationFrame, onBroken: (error: unknown) => void) {
    this.#frame = frame;
    this.#publishers = {
      station: new Publisher(onBroken, frame),
      wave: new Publisher(onBroken, null),
      trail: new Publisher(onBroken, null),
    };
  }

  /** Sends the station as it is now; does no work while nobody listens. */
  publishFrame(): void {
    if (this.#publishers.station.isHeard) this.#publishers.station.publish(this.#frame());
  }

  publish<Name extends Exclude<TopicName, 'station'>>(name: Name, data: TopicData<Name>): void {
    const publisher: Publisher<TopicData<Name>> = this.#publishers[name];
    publisher.publish(data);
  }

  subscribe<Name extends TopicName>(
    name: Name,
    listener: (update: Update<TopicData<Name>>) => void,
    view: (data: TopicData<Name>) => TopicData<Name> | null,
  ): () => void {
    const publisher: Publisher<TopicData<Name>> = this.#publishers[name];
    return publisher.subscribe(listener, view);
  }
}
