import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompactRange } from './compact-range.ts';
import { leafHash, nodeHash, sha256 } from './hash.ts';
import { leftOf, MerkleTree, rootFromProof, rootOfLeft } from './merkle.ts';

/** The tree of RFC 6962 section 2.1, word for word, as the oracle. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

function leavesOf(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => leafHash(`row ${index}`));
}

function treeOf(leaves: readonly Buffer[]): MerkleTree {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree;
}

// Test data of Certificate Transparency (google/certificate-transparency, merkle_tree_test.cc).
const CT_LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const CT_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** SUBPROOF of RFC 6962 section 2.1.2, word for word. */
function stepOf(older: number, leaves: readonly Buffer[], isKnown: boolean): Buffer[] {
  if (older === leaves.length) return isKnown ? [] : [rootOf(leaves)];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return older <= split
    ? [...stepOf(older, left, isKnown), rootOf(right)]
    : [...stepOf(older - split, right, false), rootOf(left)];
}

describe('RFC 6962 tree', () => {
  test('gives the consistency proof of the definition between any two sizes up to 40', () => {
    const leaves = leavesOf(40);
    const tree = treeOf(leaves);
    for (let size = 1; size <= leaves.length; size += 1) {
      for (let older = 1; older <= size; older += 1) {
        expect(tree.consistency(older, size)).toEqual(stepOf(older, leaves.slice(0, size), true));
      }
    }
    expect(() => tree.consistency(0, 5)).toThrow(RangeError);
    expect(() => tree.consistency(6, 5)).toThrow(RangeError);
    expect(() => tree.consistency(5, 41)).toThrow(RangeError);
  });

  test('gives the published roots', () => {
    const tree = treeOf(CT_LEAVES.map((hex) => sha256(Uint8Array.of(0), Buffer.from(hex, 'hex'))));
    expect(CT_ROOTS.map((_, index) => tree.root(index + 1).toString('hex'))).toEqual(CT_ROOTS);
  });

  test('has the root of the definition at every size, and so has the compact range', () => {
    const leaves = leavesOf(130);
    const tree = treeOf(leaves);
    let range = CompactRange.empty;
    for (let size = 0; size <= leaves.length; size += 1) {
      const expected = rootOf(leaves.slice(0, size));
      expect(tree.root(size)).toEqual(expected);
      expect(range.root()).toEqual(expected);
      range = range.with((leaves[size] ?? Buffer.alloc(32)).toString('hex'));
    }
  });

  test('proves every leaf at every size up to 40, and at no other place', () => {
    const leaves = leavesOf(40);
    const tree = treeOf(leaves);
    for (let size = 1; size <= leaves.length; size += 1) {
      const root = tree.root(size);
      for (const [index, leaf] of leaves.slice(0, size).entries()) {
        const proof = tree.proof(index, size);
        expect(rootFromProof(leaf, index, size, proof)).toEqual(root);
        expect(rootFromProof(leaf, (index + 1) % (size + 1), size, proof)).not.toEqual(root);
      }
    }
  });

  test('rejects a proof with a changed, missing or added hash', () => {
    const leaves = leavesOf(1000);
    const tree = treeOf(leaves);
    const root = tree.root(1000);
    fc.assert(
      fc.property(fc.nat(999), fc.nat(8), fc.nat(31), (index, step, byte) => {
        const leaf = leafHash(`row ${index}`);
        const proof = tree.proof(index, 1000);
        const changed = proof.map((hash, at) => (at === step % proof.length ? flip(hash, byte) : hash));
        expect(rootFromProof(leaf, index, 1000, changed)).not.toEqual(root);
        expect(rootFromProof(leaf, index, 1000, proof.slice(0, -1))).not.toEqual(root);
        expect(rootFromProof(leaf, index, 1000, [...proof, leaf])).toBeNull();
      }),
    );
  });

  test('name on their left the leaves before theirs: the root of every smaller tree follows from a proof in a larger one', () => {
    const leaves = leavesOf(40);
    const tree = treeOf(leaves);
    for (let size = 2; size <= leaves.length; size += 1) {
      for (let index = 1; index < size; index += 1) {
        const left = leftOf(index, size, tree.proof(index, size));
        expect(rootOfLeft(left)).toEqual(tree.root(index));
        expect(rootOfLeft([leaves[index] ?? Buffer.alloc(0), ...left])).toEqual(tree.root(index + 1));
      }
    }
  });

  test('refuses a proof of a leaf that is not there', () => {
    expect(() => treeOf(leavesOf(3)).proof(3, 3)).toThrow(RangeError);
  });
});

function flip(hash: Buffer, byte: number): Buffer {
  const changed = Buffer.from(hash);
  changed[byte] = (changed[byte] ?? 0) ^ 1;
  return changed;
}

describe('compact range', () => {
  test('goes on from its stored bytes', () => {
    const leaves = leavesOf(77);
    const first = leaves.slice(0, 50).reduce((range, leaf) => range.with(leaf.toString('hex')), CompactRange.empty);
    const restored = CompactRange.from(first.size, first.bytes());
    const whole = leaves
      .slice(50)
      .reduce((range, leaf) => range.with(leaf.toString('hex')), restored ?? CompactRange.empty);
    expect(whole.root()).toEqual(rootOf(leaves));
  });

  test('refuses bytes that do not fit the size', () => {
    const range = leavesOf(5).reduce((grown, leaf) => grown.with(leaf.toString('hex')), CompactRange.empty);
    expect(CompactRange.from(6, range.bytes())).not.toBeNull();
    expect(CompactRange.from(7, range.bytes())).toBeNull();
    expect(CompactRange.from(0, range.bytes())).toBeNull();
  });

  test('refuses a leaf that is no hash, instead of hashing what lay there before', () => {
    const range = leavesOf(1).reduce((grown, leaf) => grown.with(leaf.toString('hex')), CompactRange.empty);
    for (const leaf of ['', '00', 'x'.repeat(64)]) expect(() => range.with(leaf)).toThrow(RangeError);
  });
});
