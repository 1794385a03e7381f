package extract

import (
	"strings"

	"fangzhi/lexicon"
)

// annalsNouns introduce people in annals who hold no post: 邑人, 匪首.
var annalsNouns = newWordSet(strings.Fields("邑人 邑绅 乡绅 士绅 绅士 绅商 富绅 县绅 生员 贡生 监生 举人 进士 廪生 庠生 秀才 武举 武生 拔贡 岁贡 匪首 巨匪 悍匪 惯匪 盗首 贼首 义民 县人 里人 州人 义士 起义军首领 义军首领 农民领袖 传教士 神甫 神父 道士 烈女 节妇 孝子")...)

// annalsVerbs are characters of the written language that act right behind a name in annals: 知县王某修学宫.
const annalsVerbs = "修建筑立撰募捐卒任莅奏请署摄赋题书铸重倡创增改续移迁开凿浚疏毁拆葺刻纂辑编辞罢免升调擢殉死战败降率领捕斩杀诛平剿讨征遣奉以于为与及同偕会召令命谕禁劝赈设置购得获中登举始复首再又乃详因被自由在到至来之过弃克攻守据陷督驻谒祭祷葬没"

// annalsName reads the name behind an office of imperial times or a noun of annals: two or three characters that
// punctuation, a verb or a character of annalsVerbs ends.
func annalsName(f *field, i int) (nameMention, bool) {
	none := nameMention{}
	if !isHan(f.at(i)) || f.quoted[i] || f.word[i] > 0 {
		return none, false
	}
	s := f.text[i:min(len(f.text), i+5)]
	surname := lexicon.Surname(s)
	if surname == 0 {
		return none, false
	}
	ends := func(n int) context {
		if len(s) < n || !allHan(s[:n]) || strings.ContainsAny(string(s[:n]), "某×氏") || titleInside(s[:n]) {
			return contextNone
		}
		if c := contextAt(f, i+n); c >= contextWord {
			return c
		}
		if strings.ContainsRune(annalsVerbs, f.at(i+n)) {
			return contextChar
		}
		return contextNone
	}
	two, three := ends(surname+1), ends(surname+2)
	n := 0
	switch {
	case three == contextStrong && surname == 1 && strings.ContainsRune("卒殁薨逝", s[2]):
		n = 2
	case three >= contextWord && (two < contextStrong || surname == 2):
		n = surname + 2
	case two >= contextWord:
		n = surname + 1
	case two > contextNone:
		n = surname + 1 // its third character is a verb
	case three > contextNone:
		n = surname + 2
	}
	if n == 0 || neverName(string(s[:n])) || lexicon.NameLikeWord(string(s[:n])) && ends(n) < contextWord {
		return none, false
	}
	return nameMention{span{i, i + n}, string(s[:n])}, true
}

// annalsList reads the names behind an office of imperial times.
func annalsList(f *field, e int) []token {
	var names []token
	for {
		m, ok := annalsName(f, e)
		if !ok {
			return names
		}
		names = append(names, token{kind: tokenName, field: f, span: m.span, name: m.name, anchored: len(names) == 0, listed: len(names) > 0})
		if f.at(m.end) != '、' {
			return names
		}
		e = m.end + 1
	}
}
