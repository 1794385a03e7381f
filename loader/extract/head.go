package extract

import (
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// heads are the organs that a head without one can be of, by the last part of their names (乌兰牧骑: a troupe of the grassland).
var heads = map[string][]string{
	"队长": {"队", "乌兰牧骑"}, "副队长": {"队", "乌兰牧骑"}, "团长": {"团", "剧院"}, "主任": {"中心", "办公室", "委员会", "服务站"}, "所长": {"所"}, "站长": {"站"}, "台长": {"台"}, "社长": {"社"}, "厂长": {"厂"}, "场长": {"场"}, "支队长": {"支队"}, "大队长": {"大队"}, "中队长": {"中队"}, "组长": {"组"}, "会长": {"会"}, "理事长": {"会", "合作社"}, "矿长": {"矿"}, "馆长": {"馆"}, "院长": {"院"}, "局长": {"局"}, "厅长": {"厅"}, "部长": {"部"},
}

// ledBy returns the one organ of the sentence that goes under the head at p: 县艺术团在团长甲带领下. The post stands behind 在 or 由.
func (c *postContext) ledBy(p *postMention) *reading.Organ {
	if b := c.f.at(p.start - 1); b != '在' && b != '由' || p.section == "" && heads[p.title.Name] == nil {
		return nil
	}
	var found *reading.Organ
	for _, o := range c.organs {
		switch {
		case o == found:
			continue
		case p.section != "" && (!fits(p, o) || o.Type == graph.DeptEnterprise || o.Type == graph.DeptSchool), p.section == "" && !endsInAny(o.Name, heads[p.title.Name]):
			continue
		case found != nil:
			return nil
		}
		found = o
	}
	return found
}

// before returns the one firm, school or institution of the paragraph before the post that its head can be of: 县第一中学新教学楼启用。
// 校长甲参加.
func (c *postContext) before(p *postMention) *reading.Organ {
	switch p.title.Name {
	case "董事长", "总经理", "总裁", "校长", "园长":
	default:
		return nil
	}
	var found *reading.Organ
	for k := c.f.tokenFrom(p.start) - 1; k >= 0 && p.start-c.f.tokens[k].end < maxSentence; k-- {
		o := c.f.tokens[k].organ
		if o == nil || !fits(p, o.organ) || c.d.main(o.organ) == found {
			continue
		}
		if found != nil {
			return nil
		}
		found = c.d.main(o.organ)
	}
	return found
}
