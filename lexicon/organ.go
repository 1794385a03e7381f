package lexicon

import (
	_ "embed" // organ.tsv
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fangzhi/internal/trie"
)

//go:embed organ.tsv
var organTable string

// An OrganForm is a way to write the name of a kind of organ without its level prefix: 卫健委. The zero OrganForm is none.
type OrganForm struct {
	Short string
	// Full is the template of the canonical name; {X} stands for the jurisdiction, the others are told in organ.tsv.
	Full string
	// Kind is a DepartmentKind of the contract: PARTY, GOVERNMENT …
	Kind string
	// Parent is a key of the organ that it belongs to: party, gov, congress, standing, cppcc, police, policeof, env, or "".
	Parent string
	// Bare: the form may stand without a level prefix (宣传部).
	Bare bool
	// Central: the form is an organ of the centre, whole as it is.
	Central bool
	// Leading: the form stands before the name of its jurisdiction (民盟云河区委).
	Leading bool
	// Plate is the template of the second name of the same organ, "" for none.
	Plate string
	// From and To are the years in which organs had this name, 0 where it is not known or still so.
	From, To int
}

// An OrganRenaming says that organs of one kind became organs of another: 环境保护局 became 生态环境局 in 2018.
type OrganRenaming struct {
	Old, New string // core names without the jurisdiction, as organ.tsv's full forms have them after {X}
	Year     int
}

// organRenamings are public facts of the reforms of 2013, 2018, 2021 and 2023.
var organRenamings = []OrganRenaming{
	{"卫生局", "卫生和计划生育委员会", 2013},
	{"人口和计划生育委员会", "卫生和计划生育委员会", 2013},
	{"卫生和计划生育委员会", "卫生健康委员会", 2018},
	{"国家税务局", "税务局", 2018},
	{"地方税务局", "税务局", 2018},
	{"环境保护局", "生态环境局", 2018},
	{"国土资源局", "自然资源和规划局", 2018},
	{"农业局", "农业农村局", 2018},
	{"安全生产监督管理局", "应急管理局", 2018},
	{"工商行政管理局", "市场监督管理局", 2018},
	{"质量技术监督局", "市场监督管理局", 2018},
	{"食品药品监督管理局", "市场监督管理局", 2018},
	{"法制办公室", "司法局", 2018},
	{"扶贫开发办公室", "乡村振兴局", 2021},
	{"人民防空办公室", "国防动员办公室", 2022},
}

// OrganRenamings returns the table of renamed organs, oldest first; it is not to be changed.
func OrganRenamings() []OrganRenaming { return organRenamings }

type organRows struct {
	all   []OrganForm
	forms trie.Trie // Short -> index in all
}

var organs = sync.OnceValue(func() *organRows {
	rows := &organRows{}
	for line := range strings.Lines(organTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 7 {
			panic(fmt.Sprintf("lexicon: organ.tsv: %q has %d fields, not 7", line, len(f)))
		}
		form := OrganForm{Short: f[0], Full: f[1], Kind: f[2], Parent: f[3]}
		for flag := range strings.FieldsSeq(f[4]) {
			switch {
			case flag == "b":
				form.Bare = true
			case flag == "c":
				form.Central = true
			case flag == "p":
				form.Leading = true
			case strings.HasPrefix(flag, "j:"):
				form.Plate = flag[2:]
			default:
				panic(fmt.Sprintf("lexicon: organ.tsv: %q: unknown flag %q", line, flag))
			}
		}
		if from, to, ok := strings.Cut(f[5], "-"); ok {
			form.From, form.To = organYear(from), organYear(to)
		}
		if rows.forms.Add(form.Short, len(rows.all)) >= 0 {
			panic(fmt.Sprintf("lexicon: organ.tsv: %s stands there twice", form.Short))
		}
		rows.all = append(rows.all, form)
	}
	return rows
})

func organYear(s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("lexicon: organ.tsv: %v", err))
	}
	return n
}

// OrganNamed returns the form that is written so.
func OrganNamed(short string) (OrganForm, bool) {
	rows := organs()
	if i := rows.forms.Get([]rune(short)); i >= 0 {
		return rows.all[i], true
	}
	return OrganForm{}, false
}

// MatchOrgan returns all forms that s begins with, longest first.
func MatchOrgan(s []rune) []OrganForm {
	rows := organs()
	var buffer [8]trie.Match
	matches := rows.forms.All(buffer[:0], s)
	if len(matches) == 0 {
		return nil
	}
	found := make([]OrganForm, 0, len(matches))
	for _, m := range slices.Backward(matches) {
		found = append(found, rows.all[m.Value])
	}
	return found
}

// Organs returns all forms, sorted by Short.
func Organs() []OrganForm {
	all := slices.Clone(organs().all)
	slices.SortFunc(all, func(a, b OrganForm) int { return strings.Compare(a.Short, b.Short) })
	return all
}
