package badgerstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"
	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"

	"fangzhi/graph"
)

// ErrCorrupt is returned for a value that is not what was written. The folder has to be restored or loaded again.
var ErrCorrupt = errors.New("the graph is damaged")

// A sealed value is
//
//	1 byte   how the payload is written: plain, zstd, S2, or in pieces
//	n bytes  the payload
//	4 bytes  CRC-32C of key, first byte and payload, big endian
//
// A record is the CBOR of a domain type (deterministic, RFC 8949 §4.2). Badger does not compress: of a Get that asked for a block of 4 KB, most was
// unpacking it, making room for it and keeping it. One of more than pieceBytes is cut up: its own
// value is the number of the other pieces, so that no value ever goes to Badger's value log, where a damaged
// one would come back empty and without an error.
const (
	plain     byte = 0
	zstandard byte = 1
	inPieces  byte = 2 // added to one of the others
	s2Better  byte = 4

	sealBytes    = 5
	pieceBytes   = 128 << 10
	squeezeBytes = 256 // shorter ones are not worth compressing
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(key []byte, value ...[]byte) uint32 {
	sum := crc32.Update(0, castagnoli, key)
	for _, part := range value {
		sum = crc32.Update(sum, castagnoli, part)
	}
	return sum
}

// seal returns the value that holds the payload under key.
func seal(key []byte, how byte, payload []byte) []byte {
	value := make([]byte, 0, len(payload)+sealBytes)
	value = append(append(value, how), payload...)
	return binary.BigEndian.AppendUint32(value, checksum(key, value))
}

// unseal returns the payload of a value, which shares its memory. It is the one place where values are read.
func unseal(key, value []byte) (how byte, payload []byte, err error) {
	if len(value) < sealBytes {
		return 0, nil, fmt.Errorf("%w: a value of %d bytes at %q", ErrCorrupt, len(value), key)
	}
	body := value[:len(value)-4]
	if checksum(key, body) != binary.BigEndian.Uint32(value[len(body):]) {
		return 0, nil, fmt.Errorf("%w: wrong checksum at %q", ErrCorrupt, key)
	}
	return body[0], body[1:], nil
}

var encoding = sync.OnceValue(func() cbor.EncMode {
	options := cbor.CoreDetEncOptions()
	options.Time = cbor.TimeRFC3339Nano
	return must(options.EncMode())
})

var decoding = sync.OnceValue(func() cbor.DecMode {
	return must(cbor.DecOptions{
		MaxArrayElements: math.MaxInt32, MaxMapPairs: math.MaxInt32,
		UTF8: cbor.UTF8DecodeInvalid, // what was taken in is given back
	}.DecMode())
})

var squeezer = sync.OnceValue(func() *zstd.Encoder {
	return must(zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true)))
})

var unsqueezer = sync.OnceValue(func() *zstd.Decoder { return must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))) })

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // our own options are wrong
	}
	return v
}

func marshal(v any) ([]byte, error) {
	data, err := encoding().Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return data, nil
}

// encode returns the values of the record v under key: its own first, then those of its pieces.
func encode(key []byte, v any) ([]change, error) {
	data, err := marshal(v)
	if err != nil {
		return nil, err
	}
	return squeeze(key, data), nil
}

// squeeze is cutUp for a payload that S2 may shrink.
func squeeze(key, data []byte) []change {
	if len(data) < squeezeBytes {
		return cutUp(key, plain, data)
	}
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	if small := s2.EncodeBetter(*room, data); len(small) < len(data) {
		return cutUp(key, s2Better, small)
	}
	return cutUp(key, plain, data)
}

// cutUp returns the values of a payload under key: its own first, then those of its pieces.
func cutUp(key []byte, how byte, data []byte) []change {
	if len(data) <= pieceBytes {
		return []change{{key, seal(key, how, data)}}
	}
	count := (len(data) + pieceBytes - 1) / pieceBytes
	changes := []change{{key, seal(key, how|inPieces, binary.BigEndian.AppendUint32(nil, uint32(count)))}}
	for i := range count {
		piece := pieceKey(key, i+1)
		changes = append(changes, change{piece, seal(piece, plain, data[i*pieceBytes:min((i+1)*pieceBytes, len(data))])})
	}
	return changes
}

func pieceKey(key []byte, number int) []byte {
	return binary.BigEndian.AppendUint32(append([]byte{keyPiece}, key...), uint32(number))
}

// pieces returns how many pieces a sealed value has beside itself.
func pieces(key, value []byte) (int, error) {
	how, payload, err := unseal(key, value)
	if err != nil || how&inPieces == 0 {
		return 0, err
	}
	if len(payload) != 4 {
		return 0, fmt.Errorf("%w: no number of pieces at %q", ErrCorrupt, key)
	}
	return int(binary.BigEndian.Uint32(payload)), nil
}

// decode reads the record of a sealed value into v.
func decode(txn *badger.Txn, key, value []byte, v any) error {
	data, err := decodeBytes(txn, key, value, nil)
	if err != nil {
		return err
	}
	if err := decoding().Unmarshal(data, v); err != nil {
		return fmt.Errorf("%w: %q: %w", ErrCorrupt, key, err)
	}
	return nil
}

// decodeBytes returns the bytes of the record of a sealed value, which may share its memory, or that of room.
func decodeBytes(txn *badger.Txn, key, value, room []byte) ([]byte, error) {
	how, data, err := unseal(key, value)
	if err != nil {
		return nil, err
	}
	if how&inPieces != 0 {
		count, err := pieces(key, value)
		if err != nil {
			return nil, err
		}
		data = nil
		for i := range count {
			piece := pieceKey(key, i+1)
			item, err := txn.Get(piece)
			if err != nil {
				return nil, fmt.Errorf("%w: piece %d of %q: %w", ErrCorrupt, i+1, key, err)
			}
			err = item.Value(func(value []byte) error {
				_, payload, err := unseal(piece, value)
				data = append(data, payload...)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
	}
	switch how &^ inPieces {
	case plain:
	case zstandard:
		if data, err = unsqueezer().DecodeAll(data, room[:0]); err != nil {
			return nil, fmt.Errorf("%w: %q: %w", ErrCorrupt, key, err)
		}
	case s2Better:
		if data, err = s2.Decode(room, data); err != nil {
			return nil, fmt.Errorf("%w: %q: %w", ErrCorrupt, key, err)
		}
	default:
		return nil, fmt.Errorf("%w: %q is written in the unknown way %d", ErrCorrupt, key, how)
	}
	return data, nil
}

// get reads the record at key into v and tells whether there is one.
func get(txn *badger.Txn, key []byte, v any) (bool, error) {
	item, err := find(txn, key)
	if item == nil || err != nil {
		return false, err
	}
	return true, item.Value(func(value []byte) error { return decode(txn, key, value, v) })
}

// getBytes calls use with the record at key, which is valid during the call, and tells whether there is one.
func getBytes(txn *badger.Txn, key []byte, use func([]byte) error) (bool, error) {
	item, err := find(txn, key)
	if item == nil || err != nil {
		return false, err
	}
	return true, item.Value(func(value []byte) error {
		room := rooms.Get().(*[]byte)
		defer rooms.Put(room)
		data, err := decodeBytes(txn, key, value, *room)
		if err != nil {
			return err
		}
		return use(data)
	})
}

// readBytes returns the record at key, which is valid as long as the transaction, and whether there is one. It spares long ones a copy.
func readBytes(txn *badger.Txn, key []byte) (data []byte, ok bool, err error) {
	item, err := find(txn, key)
	if item == nil || err != nil {
		return nil, false, err
	}
	err = item.Value(func(value []byte) (err error) {
		data, err = decodeBytes(txn, key, value, nil)
		return err
	})
	return data, true, err
}

// rooms are to unpack in.
var rooms = sync.Pool{New: func() any {
	b := make([]byte, 16<<10)
	return &b
}}

// onFind holds what tests have called for each key that is looked for; nil otherwise.
var onFind atomic.Pointer[func(key []byte)]

// find returns the item at key, nil where there is none.
func find(txn *badger.Txn, key []byte) (*badger.Item, error) {
	if watch := onFind.Load(); watch != nil {
		(*watch)(key)
	}
	item, err := txn.Get(key)
	switch {
	case err == nil:
		return item, nil
	case errors.Is(err, badger.ErrKeyNotFound):
		return nil, nil
	case errors.Is(err, badger.ErrDiscardedTxn), errors.Is(err, badger.ErrDBClosed):
		return nil, fmt.Errorf("read %q: %w", key[:1], graph.ErrClosed)
	}
	return nil, fmt.Errorf("read %q: %w", key, err)
}
