package extract

import "fangzhi/internal/pack"

// Between the two passes only what the first scan has found is kept of an article, in few bytes.

// packScans keeps what was found in the bodies of the articles of a block.
func packScans(articles []*article) pack.Box {
	return pack.Pack(func(c *pack.Coder) { scanFields(c, articles) })
}

// unpackScans sets what packScans has kept in articles that have been opened again.
func unpackScans(box pack.Box, articles []*article) {
	box.Unpack(func(c *pack.Coder) { scanFields(c, articles) })
}

func scanFields(c *pack.Coder, articles []*article) {
	for _, a := range articles {
		f := a.body
		c.Bools(&f.undecided)
		c.Marks(f.barren)
		pack.List(c, &f.tokens, func(c *pack.Coder, t *token) {
			t.field = f
			tokenFields(c, a.event.Body, t)
		})
	}
}

func tokenFields(c *pack.Coder, text string, t *token) {
	pack.Int(c, &t.kind)
	spanFields(c, &t.span)
	ofPost := t.post != nil && t.organ == t.post.organ
	c.Bools(&t.anchored, &t.listed, &t.member, &t.labelled, &ofPost)
	pointer(c, &t.post, func(p *postMention) { postFields(c, text, p) })
	if ofPost {
		t.organ = t.post.organ
	} else {
		pointer(c, &t.organ, func(m *organMention) { organFields(c, m) })
	}
	pack.Piece(c, text, &t.name)
	pack.String(c, &t.noun)
}

func postFields(c *pack.Coder, text string, p *postMention) {
	spanFields(c, &p.span)
	pointer(c, &p.organ, func(m *organMention) { organFields(c, m) })
	pack.String(c, &p.title.Name)
	pack.String(c, &p.title.Class)
	pack.Int(c, &p.title.Rank)
	pack.String(c, &p.title.Level)
	pack.Piece(c, text, &p.name)
	pack.Piece(c, text, &p.section)
	c.Bools(&p.title.Single, &p.deputy, &p.former, &p.levelOnly, &p.stranger, &p.last)
	pack.Shared(c, &p.level.Chain)
}

func organFields(c *pack.Coder, m *organMention) {
	spanFields(c, &m.span)
	spanFields(c, &m.words)
	pack.Ref(c, &m.organ)
	pack.Shared(c, &m.at.Chain)
	pack.String(c, &m.form)
	pack.String(c, &m.unit)
	pack.String(c, &m.rule)
	c.Bools(&m.general, &m.explicit)
}

func spanFields(c *pack.Coder, s *span) {
	pack.Int(c, &s.start)
	length := s.end - s.start
	pack.Int(c, &length)
	s.end = s.start + length
}

// pointer keeps what *p points to.
func pointer[T any](c *pack.Coder, p **T, fields func(*T)) {
	there := *p != nil
	if c.Bools(&there); !there {
		return
	}
	if *p == nil {
		*p = new(T)
	}
	fields(*p)
}
