package gram

// postings are lists of ordinals, one after the other.
type postings struct {
	all  []uint16
	ends []int
}

func (p *postings) add(v []uint16) {
	p.all = append(p.all, v...)
	p.ends = append(p.ends, len(p.all))
}

func (p *postings) at(i uint32) []uint16 {
	start := 0
	if i > 0 {
		start = p.ends[i-1]
	}
	return p.all[start:p.ends[i]]
}

// marked is one list as bits.
type marked struct {
	number uint32 // of the list, or none
	list   []uint16
	bits   [MaxSpan / 64]uint64
}

func (m *marked) mark(number uint32, list []uint16) {
	for _, o := range m.list {
		m.bits[o/64] = 0
	}
	for _, o := range list {
		m.bits[o/64] |= 1 << (o % 64)
	}
	m.number, m.list = number, list
}

// fewHaveBoth tells whether few events have both the prefix and the suffix of a gram, given by their numbers. Both have entries: they are
// frequent, and so is what they are made of.
func (b *builder) fewHaveBoth(prefix, suffix uint32) bool {
	const atOnce = 32 // are counted without a jump that the processor cannot foresee
	if b.prefix.number != prefix {
		b.prefix.mark(prefix, b.halves.at(prefix))
	}
	both, events := 0, b.halves.at(suffix)
	for len(events) > 0 && both <= b.few {
		n := min(atOnce, len(events))
		for _, o := range events[:n] {
			both += int(b.prefix.bits[o/64] >> (o % 64) & 1)
		}
		events = events[n:]
	}
	return both <= b.few
}
