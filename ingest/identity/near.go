package identity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"fangzhi/fold"
	"fangzhi/graph"
)

// Names that are near to each other stand in blocks of their own (graph.FactNear), so that a load finds those near its own
// without a look at all. An organ's key is what tells it from others of its jurisdiction: its name without the word for what sort of organ
// it is. A place has a key for every code point that may be wrong or missing: two names at edit distance 1 have one in common.

// generic are the words that an organ's name ends in, the longer ones first.
var generic = []string{
	"委员会办公室", "工作委员会", "工作领导小组", "领导小组", "委员会", "管理局", "管理处", "管理中心", "服务中心", "工作站", "服务站", "办公室", "指挥部", "中心", "总队", "支队", "大队",
	"局", "委", "办", "处", "站", "所", "队", "组", "厅", "院",
}

const (
	nearRunesMin = 4 // of shorter names too many are near each other
	nearRunesMax = 12
)

// counted are code points that tell one of a row from the next: 第一社区 and 第二社区 are no misprints of each other.
const counted = "0123456789〇零一二三四五六七八九十百甲乙丙丁东西南北中上下前后左右大小新老内外abcdefghijklmnopqrstuvwxyz"

// NearKeys returns the keys of the blocks of near names that an atom stands in; none for people, whose namesakes share a block, for
// divisions with a code, and for what has no jurisdiction.
func NearKeys(a graph.Atom) []string {
	prefix := string(a.Kind) + "\x01" + a.Code + "\x01"
	switch {
	case a.Code == "" || a.Name == "":
		return nil
	case a.Kind == graph.KindDepartment:
		if core := coreOf(a.Name); core != a.Name && utf8.RuneCountInString(core) >= 2 {
			return []string{prefix + core}
		}
	case a.Kind == graph.KindLocation:
		runes := []rune(a.Name)
		if len(runes) < nearRunesMin || len(runes) > nearRunesMax || strings.ContainsAny(a.Name, "0123456789") {
			return nil
		}
		keys := []string{prefix + a.Name}
		for i := range runes {
			keys = append(keys, prefix+string(runes[:i])+string(runes[i+1:]))
		}
		slices.Sort(keys)
		return slices.Compact(keys)
	}
	return nil
}

// coreOf returns a folded name of an organ without what it ends in.
func coreOf(name string) string {
	for _, g := range generic {
		if core, ok := strings.CutSuffix(name, fold.String(g)); ok {
			return core
		}
	}
	return name
}

// soundsLike tells whether two characters have a reading in common, tones aside.
func soundsLike(a, b string) bool {
	args := pinyin.NewArgs()
	args.Heteronym = true
	for _, x := range pinyin.Pinyin(a, args) {
		for _, y := range pinyin.Pinyin(b, args) {
			if slices.ContainsFunc(x, func(reading string) bool { return slices.Contains(y, reading) }) {
				return true
			}
		}
	}
	return false
}

// misprints returns the code points in which two folded names at edit distance 1 differ, "" for one that is missing; ok is false for
// others, and where what differs counts.
func misprints(a, b string) (x, y string, ok bool) {
	m, n := []rune(a), []rune(b)
	from := 0
	for from < len(m) && from < len(n) && m[from] == n[from] {
		from++
	}
	for len(m) > from && len(n) > from && m[len(m)-1] == n[len(n)-1] {
		m, n = m[:len(m)-1], n[:len(n)-1]
	}
	x, y = string(m[from:]), string(n[from:])
	if x == y || utf8.RuneCountInString(x) > 1 || utf8.RuneCountInString(y) > 1 || strings.ContainsAny(x+y, counted) {
		return x, y, false
	}
	return x, y, true
}
