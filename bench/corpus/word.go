package corpus

import (
	"math/rand/v2"
	"strings"
)

const vocabularySize = 24_000

// Made words have two, three or four characters, 3 : 1 : 1.
var madeLengths = []int{2, 2, 2, 3, 4}

// vocabulary is the words of bodies and titles, the commonest first: real ones, then made ones.
type vocabulary struct {
	words []string
	runes []int // code points of each
	ranks ranks
}

func newVocabulary(seed uint64) *vocabulary {
	r := rng(seed, "words", 0)
	v := &vocabulary{ranks: newRanks(vocabularySize, 3, 0.95)}
	seen := map[string]bool{}
	add := func(w string) {
		if !seen[w] {
			seen[w] = true
			v.words = append(v.words, w)
			v.runes = append(v.runes, len([]rune(w)))
		}
	}
	for _, w := range realWords {
		add(w)
	}
	letters := []rune(commonCharacters)
	for len(v.words) < vocabularySize {
		w := make([]rune, pick(r, madeLengths))
		for i := range w {
			w[i] = pick(r, letters)
		}
		add(string(w))
	}
	return v
}

// draw returns a word and its length in code points.
func (v *vocabulary) draw(r *rand.Rand) (string, int) {
	k := v.ranks.draw(r, len(v.words))
	return v.words[k], v.runes[k]
}

// realWords are the commonest of chronicles, in about their order.
var realWords = strings.Fields(`工作 发展 建设 服务 管理 群众 安全 活动 组织 生产 教育 会议 干部 经济 社会 文化 项目 企业 农村 农业
环境 治理 改革 落实 推进 开展 加强 提高 完善 保障 检查 督导 调研 学习 宣传 培训 整治 创建 振兴 脱贫
扶贫 攻坚 防控 疫情 卫生 健康 医疗 养老 就业 创业 招商 引资 投资 工程 道路 交通 水利 防汛 抗旱 抗洪
消防 应急 救援 治安 法治 司法 信访 矛盾 纠纷 调解 社区 村庄 街道 乡镇 基层 党建 党员 支部 书记 班子
作风 纪律 廉政 监督 巡察 考核 评价 目标 任务 责任 制度 机制 措施 方案 计划 规划 标准 质量 效率 水平
能力 素质 人才 科技 创新 技术 信息 网络 数字 智慧 平台 数据 资源 能源 电力 煤炭 天然 供水 供热 污水
垃圾 绿化 生态 森林 湿地 河道 水库 土地 耕地 粮食 小麦 玉米 蔬菜 果树 畜牧 养殖 渔业 种植 收购 加工
市场 商业 贸易 流通 物流 旅游 文物 保护 遗产 博物 图书 体育 健身 比赛 演出 展览 节日 慰问 走访 困难
家庭 儿童 妇女 青年 老人 残疾 军人 民兵 征兵 双拥 优抚 民政 殡葬 婚姻 户籍 人口 计生 普查 统计 审计
财政 税收 预算 金融 银行 信贷 保险 债务 物价 工资 住房 棚户 拆迁 征地 安置 补偿 城市 城乡 市政 公园
广场 桥梁 铁路 公路 车站 公交 停车 照明 管网 排水 学校 教师 学生 幼儿 招生 考试 高考 职业 大学 科普
医院 医生 药品 食品 疫苗 接种 献血 急救 公益 志愿 文明 道德 模范 先进 表彰 奖励 典型 经验 交流 合作
协商 提案 议案 代表 委员 选举 换届 任命 民主 统战 宗教 民族 侨务 工会 团委 妇联 科协 商会 协会 联盟
签约 开工 竣工 验收 启动 通车 投产 运营`)

// commonCharacters are what made words are made of.
const commonCharacters = `的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞`
