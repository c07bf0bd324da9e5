// A second opinion on an export, by code that nobody of this project wrote: Go's own reader of signed notes and
// transparency logs (golang.org/x/mod/sumdb). Usage: oracle EXPORT [OLDER_NOTE CONSISTENCY_JSON]
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type line struct {
	Seq      int64
	Hash     string
	Body     string
	Proof    []string
	Handover *struct {
		Checkpoint string
		Proof      []string
	}
}

type tree struct {
	size int64
	root tlog.Hash
}

func main() {
	if err := check(os.Args[1:]); err != nil {
		fmt.Println("rejected:", err)
		os.Exit(1)
	}
	fmt.Println("accepted")
}

func check(args []string) error {
	data := filepath.Join(args[0], "data")
	keys, err := lines(filepath.Join(data, "keys.jsonl"))
	if err != nil {
		return err
	}
	origin, pubs, err := follow(keys)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(data, "checkpoint.txt"))
	if err != nil {
		return err
	}
	newest, err := open(text, origin, signer(text, keys, pubs))
	if err != nil {
		return err
	}
	events, err := rows(data)
	if err != nil {
		return err
	}
	for _, row := range append(keys, events...) {
		if err := inTree(row, row.Proof, newest); err != nil {
			return err
		}
	}
	if len(args) < 3 {
		return nil
	}
	return consistent(args[1], args[2], origin, keys, pubs, newest)
}

// follow walks from the root key to the newest; each is named by a row under the signature of the one before.
func follow(keys []line) (string, []string, error) {
	var origin string
	var pubs []string
	for _, row := range keys {
		var body struct {
			New struct{ Origin, Pub string }
		}
		if err := json.Unmarshal([]byte(row.Body), &body); err != nil {
			return "", nil, err
		}
		if len(pubs) == 0 {
			origin = body.New.Origin
		} else {
			if row.Handover == nil {
				return "", nil, errors.New("a key was not handed over")
			}
			signed, err := open([]byte(row.Handover.Checkpoint), origin, pubs[len(pubs)-1])
			if err != nil {
				return "", nil, err
			}
			if err := inTree(row, row.Handover.Proof, signed); err != nil {
				return "", nil, err
			}
		}
		pubs = append(pubs, body.New.Pub)
	}
	if len(pubs) == 0 {
		return "", nil, errors.New("no root key")
	}
	return origin, pubs, nil
}

// signer gives the key whose turn it was to sign the head: with "heads" the new key already signs the head over the row that
// names it, in older rows the one before.
func signer(text []byte, keys []line, pubs []string) string {
	pub := pubs[0]
	parts := strings.SplitN(string(text), "\n", 3)
	if len(parts) < 3 {
		return pub
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return pub
	}
	for i, row := range keys {
		var body struct {
			New struct{ Heads bool }
		}
		if json.Unmarshal([]byte(row.Body), &body) != nil {
			continue
		}
		if row.Seq < size || (body.New.Heads && row.Seq == size) {
			pub = pubs[i]
		}
	}
	return pub
}

func open(text []byte, origin, pub string) (tree, error) {
	raw, err := hex.DecodeString(pub)
	if err != nil {
		return tree{}, err
	}
	vkey, err := note.NewEd25519VerifierKey(origin, raw)
	if err != nil {
		return tree{}, err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree{}, err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tree{}, err
	}
	parts := strings.Split(opened.Text, "\n")
	if len(parts) != 4 || parts[0] != origin {
		return tree{}, errors.New("not a checkpoint of this trail")
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return tree{}, err
	}
	root, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree{}, errors.New("no root in the checkpoint")
	}
	found := tree{size: size}
	copy(found.root[:], root)
	return found, nil
}

func inTree(row line, proof []string, in tree) error {
	hashes, err := hashesOf(proof)
	if err != nil {
		return err
	}
	leaf := tlog.RecordHash([]byte(row.Body))
	if hex.EncodeToString(leaf[:]) != row.Hash {
		return fmt.Errorf("row %d was changed", row.Seq)
	}
	return tlog.CheckRecord(tlog.RecordProof(hashes), in.size, in.root, row.Seq-1, leaf)
}

func consistent(olderPath, proofPath, origin string, keys []line, pubs []string, newest tree) error {
	text, err := os.ReadFile(olderPath)
	if err != nil {
		return err
	}
	older, err := open(text, origin, signer(text, keys, pubs))
	if err != nil {
		return err
	}
	content, err := os.ReadFile(proofPath)
	if err != nil {
		return err
	}
	var proof []string
	if err := json.Unmarshal(content, &proof); err != nil {
		return err
	}
	hashes, err := hashesOf(proof)
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(hashes), newest.size, newest.root, older.size, older.root)
}

func hashesOf(proof []string) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(proof))
	for i, text := range proof {
		raw, err := hex.DecodeString(text)
		if err != nil || len(raw) != tlog.HashSize {
			return nil, errors.New("a proof with something else than hashes")
		}
		copy(hashes[i][:], raw)
	}
	return hashes, nil
}

// rows joins each event with its line of proofs.jsonl.
func rows(data string) ([]line, error) {
	proofs, err := lines(filepath.Join(data, "proofs.jsonl"))
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(filepath.Join(data, "events.jsonl"))
	if err != nil {
		return nil, err
	}
	bodies := bytes.Split(bytes.TrimSuffix(content, []byte("\n")), []byte("\n"))
	if len(bodies) != len(proofs) {
		return nil, errors.New("not one proof for each event")
	}
	for i := range proofs {
		proofs[i].Body = string(bodies[i])
	}
	return proofs, nil
}

func lines(path string) ([]line, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var found []line
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		var next line
		if err := json.Unmarshal(scanner.Bytes(), &next); err != nil {
			return nil, err
		}
		found = append(found, next)
	}
	return found, scanner.Err()
}
