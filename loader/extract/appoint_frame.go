package extract

import (
	"sort"
	"strings"

	"fangzhi/graph"
)

// A frame is a line of a list of appointments below a line that says which way the posts go:
//
//	任命：
//	林远舟为云河区教育局局长
//	免去：
//	周衡的云河区教育局局长职务
type frame struct {
	span // from the item's first code point to the end of the line
	kind graph.AttestationKind
}

// frameHeads end the lines above such lists.
var frameHeads = []struct {
	words []string
	kind  graph.AttestationKind
}{
	{strings.Fields("任命 任 任职 聘任 任命名单 任职名单 任命人员 任命如下 任命下列人员 任命以下人员 任命下列同志 任命以下同志 任命下列人员职务 聘任名单 当选 当选名单 选举结果"), graph.AttestsAppointed},
	{strings.Fields("免去 免 免职 免去名单 免职名单 免去职务 免职人员 免去下列人员 免去下列同志 免去以下同志 免去以下人员 免去下列人员职务 免去下列同志职务 免去下列人员的职务 免去下列同志的职务 免去以下同志职务 解聘"), graph.AttestsRemoved},
}

const (
	maxFrameHead = 40 // code points of the line above a list
	bareHead     = 8  // of one without a colon
	maxFrameLine = 80 // of an item
)

// findFrames finds the lists of appointments of a field, line by line.
func findFrames(f *field) []frame {
	var all []frame
	kind := graph.AttestationKind("")
	for from := 0; from < len(f.text); {
		to := from
		for to < len(f.text) && f.text[to] != '\n' {
			to++
		}
		s := f.item(span{from, to})
		from = to + 1
		if s.empty() {
			continue
		}
		if k, ok := f.frameHead(s); ok {
			kind = k
			continue
		}
		if c := f.text[s.end-1]; kind != "" && (s.end-s.start > maxFrameLine || c == '：' || c == ':') {
			kind = ""
		}
		if kind != "" {
			all = append(all, frame{s, kind})
		}
	}
	return all
}

// item returns a line without the spaces and the number at its head and the spaces at its end.
func (f *field) item(s span) span {
	for s.start < s.end && isSpace(f.text[s.start]) {
		s.start++
	}
	s.start += numbering(f.text[s.start:s.end])
	for s.start < s.end && isSpace(f.text[s.start]) {
		s.start++
	}
	for s.end > s.start && isSpace(f.text[s.end-1]) {
		s.end--
	}
	return s
}

// frameHead reads a line above a list: 决定任命：, 免去.
func (f *field) frameHead(s span) (graph.AttestationKind, bool) {
	if s.end-s.start > maxFrameHead {
		return "", false
	}
	colon := false
	for s.end > s.start && (f.text[s.end-1] == '：' || f.text[s.end-1] == ':') {
		colon = true
		s.end--
	}
	if !colon && s.end-s.start > bareHead {
		return "", false
	}
	for _, h := range frameHeads {
		n := f.suffixIn(s.end, h.words)
		if n > 0 && n <= s.end-s.start && (n > 1 || n == s.end-s.start) {
			return h.kind, true
		}
	}
	return "", false
}

// frameAt returns the line of a list of appointments that i stands in, nil for none.
func (f *field) frameAt(i int) *frame {
	k := sort.Search(len(f.frames), func(k int) bool { return f.frames[k].end >= i })
	if k < len(f.frames) && f.frames[k].start <= i {
		return &f.frames[k]
	}
	return nil
}

// framed reads an item whose posts begin at start: the name opens the line, and spaces, 为, 的 or nothing stands between.
func (d *document) framed(f *field, ap *appointment, start int, c connector, endsAt map[int]*token) bool {
	fr := f.frameAt(start)
	if fr == nil || fr.start == start {
		return false
	}
	e := start - len([]rune(c.word))
	for e > fr.start && isSpace(f.text[e-1]) {
		e--
	}
	names := d.namesBefore(f, e, fr.start, endsAt)
	if len(names) == 0 || names[0].start != fr.start {
		return false
	}
	ap.names, ap.kind = names, fr.kind
	if c.kind != "" {
		ap.kind = c.kind
	}
	return true
}

// markFrames ends the names at the heads of the items where a post follows at once: 周衡云河区教育局局长职务.
func (d *document) markFrames(f *field) {
	f.frames = findFrames(f)
	for _, fr := range f.frames {
		if n := d.nameBeforePost(f, fr.start); n > 0 && fr.start+n < fr.end {
			f.wordEnd[fr.start+n] = true
			f.oneName(span{fr.start, fr.start + n})
		}
	}
}

// postFirst reports whether token k is the post that opens an item, with nothing behind its names: 云河区教育局局长：林远舟.
func (f *field) postFirst(fr *frame, k int) bool {
	if f.tokens[k].start != fr.start {
		return false
	}
	end := fr.start
	for ; k < len(f.tokens) && f.tokens[k].start < fr.end; k++ {
		end = f.tokens[k].end
	}
	return onlyPunctuation(f, end, fr.end)
}
