package main

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// handSurnames are surnames that neither list has: the next by population, and compound ones. Facts, no source's work.
const (
	handSurnames  = "向柴古和玉阿朴岩刀宾尧哈冶蹇操铁年庹黑买加别步青尼扎拉"
	handCompounds = "端木 独孤 呼延 鲜于 拓跋 完颜 南宫"
)

// notSurnames stand in both lists by mistake: 候 for 侯, which they have too; as a surname it makes names of 候选人.
const notSurnames = "候"

// handWords are words that the dictionary has as names only.
const handWords = "康复 周密 石楠 荣誉 荣耀 祝贺 晋升 陈列 陈述 陈设 弘扬 杜绝 雷达 玉米 马匹 朴素 卓越 胡闹 丛林 林立 林木 辛勤 胡同 毛巾 吉祥 王府 " +
	"王朝 谢谢 叶子 胡子 祖宗 孙子 王子 乌云 蓝天 白雪 凌辱 朱红 白布 金黄 桂花 梅花 林子 燕子 马背 马夫 旷野 玉石 阿里 诸侯"

// A word is a row of gse's dictionary.
type word struct {
	text string // Han characters only
	freq int
	pos  string // part of speech; nr, nrt and nrfg are names of people
}

func (w word) person() bool { return strings.HasPrefix(w.pos, "nr") }

// nameTables makes surnames.tsv, name-scores.tsv and name-like.txt.
func nameTables(_, sources string) ([]table, error) {
	surnames, err := readSurnames(sources)
	if err != nil {
		return nil, err
	}
	raw, err := readModule()
	if err != nil {
		return nil, err
	}
	words, err := readWords(raw)
	if err != nil {
		return nil, err
	}
	main, err := frisoWords(sources, "lex-main.lex")
	if err != nil {
		return nil, err
	}
	scores := newScores(words, surnames)
	return []table{
		{"surnames.tsv", writeSurnames(surnames)},
		{"name-scores.tsv", scores.write()},
		{"name-like.txt", writeNameLike(words, main, surnames, scores)},
	}, nil
}

// readSurnames returns each surname with the lists that have it.
func readSurnames(sources string) (map[string][]string, error) {
	lists := map[string][]string{}
	var err error
	if lists["friso"], err = frisoWords(sources, "lex-lname.lex"); err != nil {
		return nil, err
	}
	tgz, err := segment.read(sources)
	if err != nil {
		return nil, err
	}
	js, err := npmFile(tgz, "lib/module/CHS_NAMES.js")
	if err != nil {
		return nil, err
	}
	for _, array := range []string{"FAMILY_NAME_1", "FAMILY_NAME_2"} {
		m := regexp.MustCompile(`(?s)var ` + array + ` = \[(.*?)\];`).FindSubmatch(js)
		if m == nil {
			return nil, fmt.Errorf("%s: no array %s", segment.file, array)
		}
		for _, q := range regexp.MustCompile(`'([^']+)'`).FindAllSubmatch(m[1], -1) {
			lists["segment"] = append(lists["segment"], string(q[1]))
		}
	}
	lists["hand"] = append(strings.Split(handSurnames, ""), strings.Fields(handCompounds)...)
	surnames := map[string][]string{}
	for _, list := range []string{"friso", "segment", "hand"} {
		for _, s := range lists[list] {
			if !strings.Contains(notSurnames, s) && !slices.Contains(surnames[s], list) {
				surnames[s] = append(surnames[s], list)
			}
		}
	}
	return surnames, nil
}

// frisoWords returns the first column of a list of friso-dict, without its comments.
func frisoWords(sources, list string) ([]string, error) {
	if _, err := friso.read(sources); err != nil {
		return nil, err
	}
	raw, err := debFile(filepath.Join(sources, friso.file), "usr/share/friso/dict/UTF-8/"+list)
	if err != nil {
		return nil, err
	}
	var words []string
	for line := range strings.Lines(string(raw)) {
		w, _, _ := strings.Cut(strings.TrimSpace(line), "/")
		if w != "" && w[0] != '#' {
			words = append(words, w)
		}
	}
	return words, nil
}

// readWords reads the dictionary's rows `word freq pos` whose words are Han characters.
func readWords(raw []byte) ([]word, error) {
	var words []word
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		if len(f) != 3 || !han(f[0]) {
			continue
		}
		freq, err := strconv.Atoi(f[1])
		if err != nil {
			return nil, fmt.Errorf("dictionary row %q: %w", line, err)
		}
		words = append(words, word{f[0], freq, f[2]})
	}
	return words, nil
}

func writeSurnames(surnames map[string][]string) []byte {
	var b bytes.Buffer
	for _, s := range sortedKeys(surnames) {
		fmt.Fprintf(&b, "%s\t%s\n", s, strings.Join(surnames[s], " "))
	}
	return b.Bytes()
}

// writeNameLike writes three lines: the words of two, three and four characters that begin with a surname and are no
// names of people, each line sorted and without separators.
//
// The dictionary calls many words names (文明, 宣传部). Such a word counts as a word if friso-dict has it too and it
// reads like no name: four characters, or a score below the threshold, or two characters with a surname that is more
// at home in words.
func writeNameLike(words []word, main []string, surnames map[string][]string, s *scores) []byte {
	like := map[string]bool{}
	add := func(w string) {
		n := utf8.RuneCountInString(w)
		first, _ := utf8.DecodeRuneInString(w)
		if _, ok := surnames[string(first)]; ok && 2 <= n && n <= 4 {
			like[w] = true
		}
	}
	person := map[string]bool{}
	for _, w := range words {
		if w.person() {
			person[w.text] = true
		} else {
			add(w.text)
		}
	}
	for _, w := range main {
		if !person[w] {
			continue // what only friso has is noise to a great part: 才来, 易掉
		}
		switch c := []rune(w); {
		case len(c) == 4,
			len(c) == 3 && s.score(c) < threshold,
			len(c) == 2 && (s.score(c) < threshold || s.of(s.surname, c[0]) < threshold):
			add(w)
		}
	}
	for w := range strings.FieldsSeq(handWords) {
		add(w)
	}
	lines := make([]strings.Builder, 3)
	for _, w := range sortedKeys(like) {
		lines[utf8.RuneCountInString(w)-2].WriteString(w)
	}
	var b bytes.Buffer
	for i := range lines {
		fmt.Fprintln(&b, lines[i].String())
	}
	return b.Bytes()
}

// han reports whether all characters take three bytes and are unified ideographs of the first block.
func han(s string) bool {
	for _, c := range s {
		if c < 0x4E00 || c > 0x9FFF {
			return false
		}
	}
	return s != ""
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
