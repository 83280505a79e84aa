package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// errTooLong is a frame longer than its reader takes.
var errTooLong = errors.New("frame is too long")

// writeFrame writes a length of four bytes, big end first, and the payload.
func writeFrame(w io.Writer, payload []byte) error {
	if uint64(len(payload)) > 1<<32-1 {
		return errTooLong
	}
	if _, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(payload)))); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	if _, err := w.Write(payload); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	return nil
}

// readFrame reads one frame of at most so many bytes. At a clean end it returns
// [io.EOF]; memory is taken as bytes come, not as the length announces.
func readFrame(r io.Reader, most int) ([]byte, error) {
	length, err := readLength(r, most)
	if err != nil {
		return nil, err
	}
	payload, err := io.ReadAll(io.LimitReader(r, length))
	if err != nil {
		return nil, fmt.Errorf("read frame: %w", err)
	}
	if int64(len(payload)) < length {
		return nil, fmt.Errorf("read frame: %w", io.ErrUnexpectedEOF)
	}
	return payload, nil
}

// readTrusted reads a frame of the program that started this one, whose length may be
// believed: a buffer that grows takes twice the memory of a long file.
func readTrusted(r io.Reader, most int) ([]byte, error) {
	length, err := readLength(r, most)
	if err != nil {
		return nil, err
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(r, payload); err != nil {
		return nil, fmt.Errorf("read frame: %w", err)
	}
	return payload, nil
}

// readLength reads what a frame begins with.
func readLength(r io.Reader, most int) (int64, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return 0, io.EOF
		}
		return 0, fmt.Errorf("read frame: %w", err)
	}
	length := int64(binary.BigEndian.Uint32(head[:]))
	if length > int64(most) {
		return 0, errTooLong
	}
	return length, nil
}
