package extract

import (
	"strings"

	"fangzhi/graph"
)

// workNames are the endings of factories, mines, farms, stations and shops: a kind of product and what makes it. Each of
// them makes a name after two characters (东风化肥厂) and, as the only one of a county, after its level (县化肥厂). The
// words are of everyday use; the chronicles of the planned economy are full of them.
var workNames = strings.Fields("化肥厂 氮肥厂 磷肥厂 复合肥厂 农药厂 化工厂 水泥厂 水泥制品厂 砖瓦厂 机砖厂 砖厂 石灰厂 玻璃厂 陶瓷厂 瓷厂 耐火材料厂 预制厂 预制构件厂 建材厂 石料厂 酒厂 啤酒厂 白酒厂 糖厂 制糖厂 造纸厂 纸厂 印刷厂 棉纺厂 棉纺织厂 纺织厂 毛纺厂 麻纺厂 丝绸厂 缫丝厂 织布厂 针织厂 印染厂 被服厂 服装厂 鞋厂 皮革厂 制革厂 面粉厂 榨油厂 油脂厂 植物油厂 食品厂 罐头厂 酱菜厂 卷烟厂 烟厂 制药厂 药厂 机械厂 农机厂 农机修造厂 农业机械厂 农具厂 修造厂 修配厂 修理厂 机床厂 轴承厂 电机厂 电器厂 仪表厂 无线电厂 钢铁厂 钢厂 铁厂 炼铁厂 铸造厂 铝厂 铁合金厂 电厂 发电厂 热电厂 火电厂 塑料厂 橡胶厂 家具厂 木器厂 木材厂 工艺美术厂 地毯厂 电线厂 电缆厂 灯泡厂 火柴厂 肥皂厂 轧花厂 棉油厂 饲料厂 冷冻厂 肉联厂 肉类联合加工厂 乳品厂 奶粉厂 茶厂 自来水厂 汽车修理厂 拖拉机厂 柴油机厂 拖修厂 齿轮厂 阀门厂 标准件厂 五金厂 搪瓷厂 造船厂 船厂 米厂 碾米厂 丝厂 盐厂 炸药厂 焦化厂 冶炼厂 " +
	"煤矿 铁矿 金矿 铜矿 铅锌矿 石膏矿 磷矿 锰矿 林场 农场 牧场 园艺场 良种场 原种场 种猪场 种畜场 种马场 茶场 渔场 蚕种场 " +
	"血防站 中心血站 水土保持站 水保站 植保站 土肥站 种子管理站 经管站 林业站 财政所 土管所 工商所 粮站 粮管所 粮食管理所 粮库 食品站 食品购销站 兽医站 农技站 农机站 拖拉机站 水管站 文化站 电管站 畜牧站 种子站 供销社 信用社 农业社 农业生产合作社 高级社 初级社 手工业社 信用合作社 百货商店 百货大楼 新华书店")

// works are workNames and the bare 厂, which needs a jurisdiction and a name of its own (县化纤厂).
var works = func() []suffix {
	all := make([]suffix, 0, len(workNames)+1)
	for _, w := range workNames {
		kind := graph.DeptEnterprise
		if strings.HasSuffix(w, "供销社") || strings.HasSuffix(w, "所") && !strings.HasPrefix(w, "粮") || strings.HasSuffix(w, "站") && !strings.HasPrefix(w, "粮") && !strings.HasPrefix(w, "食品") {
			kind = graph.DeptInstitution
		}
		all = append(all, suffix{w, kind, true, true})
	}
	return append(all, suffix{"厂", graph.DeptEnterprise, false, false})
}()
