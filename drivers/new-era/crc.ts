/**
 * CRC-16/XMODEM (poly 1021, init 0000, not reflected) over the payload of a Safe-mode packet. Named after its maker
 * because two other pumps that also say "CRC-16 CCITT" start from other values.
 */
export function newEraCrc(payload: Uint8Array): number {
  let crc = 0;
  for (const byte of payload) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
