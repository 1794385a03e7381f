package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// learnCompanies collects the full names of companies, so that 云岭轴承公司 is found to be 河南云岭轴承有限公司.
func (d *document) learnCompanies(f *field) {
	for i := range f.text {
		if !f.boundary(i) || f.quoted[i] || !isHan(f.at(i)) || f.word[i] > 0 {
			continue
		}
		if s, end := d.suffixAfter(f, i, true); end > 0 && s.kind == graph.DeptEnterprise && strings.HasSuffix(s.word, "公司") {
			name := f.slice(span{i, end})
			if len([]rune(strings.TrimSuffix(name, s.word))) >= 2 && !d.isCompany[name] {
				d.addCompany(name)
			}
		}
	}
}

// minEnding is how long a name must be, in code points, to be taken for the end of a longer one of the same company.
const minEnding = 8

func (d *document) addCompany(name string) {
	d.isCompany[name] = true
	k := int32(len(d.companies))
	d.companies = append(d.companies, name)
	r := []rune(name)
	for i := 0; i+1 < len(r); i++ {
		pair := string(r[i : i+2])
		if list := d.byPair[pair]; len(list) < maxCompanies && (len(list) == 0 || list[len(list)-1] != k) {
			d.byPair[pair] = append(list, k)
		}
	}
	for i := 1; len(r)-i >= minEnding; i++ {
		if end := string(r[i:]); len(d.byEnding[end]) < len(name) {
			d.byEnding[end] = name
		}
	}
}

// maxCompanies bounds how many companies one short form is compared with.
const maxCompanies = 500

// fullest returns the longest company of the document that ends with the name, else the name.
func (d *document) fullest(name string) string {
	if full, ok := d.byEnding[name]; ok {
		return full
	}
	return name
}

// companyNamed returns the only company of the document that a short form (云岭轴承公司) can mean.
func (d *document) companyNamed(short string) *reading.Organ {
	core := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(short, "公司"), "集团"), "银行")
	if len([]rune(core)) < 3 && !(len([]rune(core)) == 2 && strings.HasSuffix(short, "公司")) {
		return nil
	}
	var candidates []int32
	for r, i := []rune(core), 0; i+1 < len(r); i++ {
		if list := d.byPair[string(r[i:i+2])]; i == 0 || len(list) < len(candidates) {
			candidates = list
		}
	}
	found, short2 := "", ""
	for k, c := range d.companies {
		if k >= maxCompanies {
			break
		}
		if r := []rune(core); strings.HasPrefix(c, string(r[:2])) && isSubsequence(r, c) { // 云河城投: 云河城市建设投资有限公司
			if short2 != "" {
				short2 = ""
				break
			}
			short2 = c
		}
	}
	for _, k := range candidates {
		c := d.companies[k]
		if strings.Contains(c, core) {
			if found != "" {
				return nil
			}
			found = c
		}
	}
	if found == "" {
		found = short2
	}
	if found == "" {
		return nil
	}
	return d.organ(reading.Organ{Name: found, Type: graph.DeptEnterprise})
}

// isSubsequence reports whether the characters of s stand in t in their order.
func isSubsequence(s []rune, t string) bool {
	i := 0
	for _, r := range t {
		if i < len(s) && s[i] == r {
			i++
		}
	}
	return i == len(s)
}

// companyAt reads a short form of a company that the document names in full.
func (d *document) companyAt(f *field, i int) (organMention, bool) {
	if len(d.companies) == 0 {
		return organMention{}, false
	}
	for n := 2; n <= 10; n++ {
		c := f.at(i + n - 1)
		if !isHan(c) || f.never(i+n-1) {
			return organMention{}, false
		}
		if f.has(i+n, "公司") {
			if o := d.companyNamed(f.slice(span{i, i + n + 2})); o != nil {
				if f.has(i, o.Name) { // 中国人民保险公司青岚县支公司
					return organMention{span: span{i, i + len([]rune(o.Name))}, organ: o, general: true}, true
				}
				return organMention{span: span{i, i + n + 2}, organ: o, general: true}, true
			}
			return organMention{}, false
		}
	}
	return organMention{}, false
}
