package extract

import "strings"

// honourVerbs are what begins the predicate of who gets a title or a prize.
var honourVerbs = []string{"荣获", "被授予", "被评为", "获得", "获评", "喜获", "斩获", "获", "被命名为", "被评选为", "被表彰为", "当选", "被选为", "入选", "被聘为", "被追认", "被追授", "荣立", "荣膺", "被推选为", "被推荐为", "获颁", "摘得", "夺得", "受到表彰", "受到嘉奖", "受表彰"}

// getsHonour reports whether what follows a name says that its bearer is honoured or elected: the act concerns them.
func getsHonour(after string) bool {
	s := pastCount(after)
	for _, w := range honourVerbs {
		if strings.HasPrefix(s, w) && !strings.HasPrefix(s, "获悉") && !strings.HasPrefix(s, "获取") && !strings.HasPrefix(s, "获知") {
			return true
		}
	}
	return false
}

// wins reports whether a clause says what prize its subject took: 在第八届全运会上夺得2枚金牌.
func wins(clause string) bool {
	return containsAny(clause, "夺得", "获得", "荣获", "摘得", "夺取", "斩获") && containsAny(clause, "金牌", "银牌", "铜牌", "冠军", "亚军", "季军", "一等奖", "二等奖", "三等奖", "称号", "金奖", "银奖", "铜奖", "特等奖")
}

// pastCount returns what follows the end of a list of people: 等15名个人|被授予.
func pastCount(s string) string {
	s = strings.TrimPrefix(s, "同志")
	rest, ok := strings.CutPrefix(s, "等")
	if !ok {
		return s
	}
	if t := strings.TrimLeft(rest, "0123456789一二三四五六七八九十余多"); t != rest {
		rest = t
		for _, w := range []string{"名", "位", "个", "人"} {
			if t, ok := strings.CutPrefix(rest, w); ok {
				rest = t
				break
			}
		}
	}
	for _, w := range []string{"先进个人", "个人", "同志", "选手", "教师", "学生", "干部", "代表", "运动员", "村民", "居民", "职工", "人员", "人"} {
		if t, ok := strings.CutPrefix(rest, w); ok {
			rest = t
			break
		}
	}
	for _, w := range []string{"分别", "先后", "同时", "均", "双双"} {
		rest = strings.TrimPrefix(rest, w)
	}
	return rest
}

// struck are what stands right before those on whom force or the law fell: 枪决匪首甲.
var struck = []string{"查处", "枪决", "处决", "击毙", "逮捕", "捕获", "活捉", "生擒", "俘", "俘获", "俘虏", "抓获", "镇压", "判处", "处死", "杀害", "枪杀", "击伤", "拘捕", "扣押", "通缉"}

// struckWords are the same as a set: no post begins with one.
var struckWords = newWordSet(struck...)

// fates end a passive predicate of force.
var fates = []string{"杀害", "枪杀", "处决", "枪决", "击毙", "暗杀", "暗害", "处死", "镇压", "残杀", "斩首", "正法", "活捉", "俘", "俘虏", "俘获", "生擒", "逮捕", "抓捕", "抓获", "捕获", "击落", "活埋", "毒打", "绑架", "炸死", "打死", "开除", "驱逐", "追捕", "通缉", "扣押", "软禁", "关押"}

// suffers reports whether a clause says in the passive what befell its subject: 被土匪枪杀, 遭日军杀害.
func suffers(clause string) bool {
	for _, w := range []string{"被", "遭", "惨遭", "为"} {
		rest, ok := strings.CutPrefix(pastCount(clause), w)
		if !ok {
			continue
		}
		for _, f := range fates {
			if k := strings.Index(rest, f); k >= 0 && k <= 30 && (w != "为" || strings.HasPrefix(rest[k:], f) && strings.Contains(rest[:k], "所")) {
				return true
			}
		}
	}
	return false
}

// rehabilitated reports whether a name stands in 为甲、乙等人平反.
func rehabilitated(before, clause string) bool {
	s := pastCount(clause)
	if !strings.HasPrefix(s, "平反") && !strings.HasPrefix(s, "恢复名誉") && !strings.HasPrefix(s, "落实政策") && !strings.HasPrefix(s, "平反昭雪") {
		return false
	}
	return endsInAny(before, []string{"为", "给", "对"})
}

func endsInAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// kin reports whether a person is named only for a relative: 烈士甲的母亲.
func kin(after string) bool {
	rest, ok := strings.CutPrefix(after, "的")
	if !ok {
		return false
	}
	for _, w := range []string{"母亲", "父亲", "妻子", "丈夫", "儿子", "女儿", "遗孀", "亲属", "子女", "遗属", "后人", "家属", "弟弟", "哥哥", "父母", "爱人", "孙子", "同学", "朋友"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}
