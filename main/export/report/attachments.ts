import { inflateSync } from 'node:zlib';

/**
 * The files that are attached to a report, as its bytes hold them. A stream never lies inside another one, so each has
 * its dictionary in plain text before it. One that cannot be unpacked is given as it is: it equals nothing.
 */
export function attachmentsOf(pdf: Buffer): Buffer[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/(?<!end)stream\r?\n/g)].flatMap(({ index, 0: word }) => {
    const dictionary = text.slice(text.lastIndexOf(' obj', index), index);
    if (!dictionary.includes('/EmbeddedFile')) return [];
    const begin = index + word.length;
    return [unpacked(pdf.subarray(begin, text.indexOf('endstream', begin)), dictionary)];
  });
}

function unpacked(bytes: Buffer, dictionary: string): Buffer {
  if (!dictionary.includes('/FlateDecode')) return bytes;
  try {
    return inflateSync(bytes);
  } catch {
    return bytes; // Not packed as it says: no report of ours.
  }
}
