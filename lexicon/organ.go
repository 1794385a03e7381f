package lexicon

import (
	"cmp"
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

type organRows struct {
	all   [][]OrganForm // those of one Short together, oldest first
	forms trie.Trie     // Short -> index in all
}

// named returns what is written so, oldest first.
func (r *organRows) named(short string) []OrganForm {
	if i := r.forms.Get([]rune(short)); i >= 0 {
		return r.all[i]
	}
	return nil
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
		i := rows.forms.Get([]rune(form.Short))
		if i < 0 {
			i = len(rows.all)
			rows.forms.Add(form.Short, i)
			rows.all = append(rows.all, nil)
		}
		rows.all[i] = append(rows.all[i], form)
	}
	for _, forms := range rows.all {
		slices.SortStableFunc(forms, func(a, b OrganForm) int { return a.From - b.From })
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

// OrganNamed returns the form that is written so; of several in the course of time the last.
func OrganNamed(short string) (OrganForm, bool) {
	forms := organs().named(short)
	if len(forms) == 0 {
		return OrganForm{}, false
	}
	return forms[len(forms)-1], true
}

// In returns what the same letters stood for in the year: 农委 was a county's 农业委员会 in 1995 and is its
// 农业农村工作委员会 today. Year 0 is today. Where the table knows of nothing so early, the organ is called as it is
// written, for a later name would be a false one.
func (f OrganForm) In(year int) OrganForm {
	if year == 0 {
		return f
	}
	forms := organs().named(f.Short)
	for _, form := range slices.Backward(forms) {
		if form.From <= year {
			return form
		}
	}
	if core, ok := strings.CutPrefix(f.Full, "{X}"); ok && core != f.Short && len(forms) > 0 {
		f = forms[0]
		f.Full, f.Plate = "{X}"+f.Short, ""
	}
	return f
}

// MatchOrgan returns all forms that s begins with, longest first, as OrganNamed has them.
func MatchOrgan(s []rune) []OrganForm {
	rows := organs()
	if len(s) == 0 || !rows.forms.May(s[0]) {
		return nil
	}
	var buffer [8]trie.Match
	matches := rows.forms.All(buffer[:0], s)
	if len(matches) == 0 {
		return nil
	}
	found := make([]OrganForm, 0, len(matches))
	for _, m := range slices.Backward(matches) {
		forms := rows.all[m.Value]
		found = append(found, forms[len(forms)-1])
	}
	return found
}

// Organs returns all forms, sorted by Short, then year.
func Organs() []OrganForm {
	var all []OrganForm
	for _, forms := range organs().all {
		all = append(all, forms...)
	}
	slices.SortFunc(all, func(a, b OrganForm) int { return cmp.Or(strings.Compare(a.Short, b.Short), a.From-b.From) })
	return all
}
