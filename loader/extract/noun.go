package extract

import (
	"strings"

	"fangzhi/lexicon"
)

// personNouns introduce people who hold no post.
var personNouns = newWordSet(strings.Fields("老人 老兵 老党员 老干部 居民 村民 群众 市民 学生 同学 家长 业主 患者 困难户 贫困户 脱贫户 战士 烈士 退役军人 困难妇女 妇女 困难群众 困难党员 困难职工 低保户 五保户 独居老人 留守儿童 退休干部 离休干部 离休老干部 退休教师 老教师 老模范 烈属 老支书 老军人 老红军 遗属 司机 工人 农民 乘客 老战士 军属 孤儿 儿童 商户 选手 读者 游客 牧民 农户 种粮大户 居民代表 群众代表 选民代表 学生代表 家长代表 村民代表 职工代表 教师代表 企业代表 企业家代表 党员代表 青年代表 妇女代表 老党员代表 干部代表 社区代表 业主代表 商户代表 志愿者代表 军人代表 战士代表 少先队员代表 获奖者代表 毕业生代表 新生代表 医护代表 员工代表 团员代表 侨胞代表 各界代表 民主党派代表 离退休干部代表 退役军人代表 家属代表 嘉宾代表 客商代表 投资方代表 消费者代表 农民代表 工人代表 师生代表 村支委 群众演员 脱贫群众 移民 搬迁户 养殖户 种植户 种粮户 建档立卡户 五老人员 好人 见义勇为者 遇难者 伤员 病人 考生 新兵 应征青年 老红军战士 抗美援朝老兵 志愿军老战士 老八路 老劳模 老同志 农民工 下派干部 下放干部 南下干部 先进个人 先进代表 模范代表 功臣 归侨 侨胞 港商 台商 客商 校友 乡贤 捐赠人 匠人 大学生 研究生 毕业生 船民 渔民 猎人 举报人 牧户 蒙古族老人 百岁老人 高龄老人 寿星 百岁寿星 劳模 劳模代表 道德模范 最美家庭 身边好人 中国好人 先进工作者 受助学生 贫困学生 贫困生 残疾青年 残疾学生 聋哑人 难侨 死者 伤者 受害人 嫌疑人 犯罪嫌疑人 被告人 罪犯 逃犯 知青 知识青年 下乡知青 返乡青年 回乡青年 复员军人 转业军人 荣誉军人 残废军人 红军战士 八路军战士 解放军战士 志愿军战士 战斗英雄 一等功臣 特等功臣 二等功臣 人民功臣 恶霸地主 汉奸 叛徒 特务 共产党员 进步青年 进步学生 爱国青年 青年学生 青年农民 青年工人 农民企业家 农民运动员 游泳健将 大学生村官 民间艺人 老艺人 收藏家 收藏爱好者 摄影爱好者 书法爱好者 文学爱好者 爱国人士 开明绅士 开明士绅 民主人士 无党派人士 爱国华侨 华侨 旅美华侨 旅外乡亲 台湾同胞 港澳同胞 香港同胞 外籍教师 外教 户主 户主代表 承包人 承包户 专业户 万元户 个体户 科技示范户 示范户 带头人 致富带头人 科技特派员 返乡创业者 创业青年 快递员 外卖员 骑手 船长 机长 见证人 将领 传教士 牧师 修女 发现者 目击者")...)

// endsPerson reports whether what follows a name behind a word for a person shows that it ends there, and it is no word.
func endsPerson(f *field, m nameMention) bool {
	r := []rune(m.name)
	if len(r) > minForeign && lexicon.Surname(r) < 2 {
		return true // what foreignName has read
	}
	score, ok := lexicon.NameScore(r)
	if p := lexicon.NameLikePrefix(r); !ok || p > 0 && (p == len(r) || score < 2*lexicon.NameScoreLikely) || titleInside(r) || strings.ContainsRune(functionSurnames, r[0]) {
		return false
	}
	if len(r) == 2 && (score < lexicon.NameScoreLikely && f.at(m.end) != '、' || score < 1) {
		return false // 社员修渠
	}
	switch contextAt(f, m.end) {
	case contextStrong:
		return score >= 0
	case contextWord:
		return score >= 1
	}
	return score >= 1 && strings.ContainsRune("获家被任向", f.at(m.end)) && !lexicon.NameLikeWord(m.name)
}

// nounAt finds a word for a person without a post at i.
func (d *document) nounAt(f *field, i int) (string, bool) {
	n := f.prefixIn(i, personNouns)
	return f.between(i, i+n), n > 0
}

// namesBehindNoun reads the name at e behind a word for a person, and those that are listed after it.
func (d *document) namesBehindNoun(f *field, e int, noun string) []token {
	var names []token
	for {
		m, ok := d.nameAt(f, e, len(names) > 0)
		if r := []rune(m.name); !ok || !d.passesAlone(m.name) && !(d.autonomous && len(r) >= minForeign && transliterated(r)) && !endsPerson(f, m) {
			return names
		}
		names = append(names, token{kind: tokenName, field: f, span: m.span, name: m.name, noun: noun})
		if e = skipNote(f, m.end); f.at(e) != '、' || d.startsOther(f, e+1) {
			return names
		}
		if _, more := d.nounAt(f, e+1); more {
			return names
		}
		e++
	}
}
