package extract_test

import (
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// documentsOf writes documents as a row: title|short title|number; …
func documentsOf(all []reading.CitedDocument) string {
	var out []string
	for _, d := range all {
		out = append(out, strings.TrimRight(d.Title+"|"+d.ShortTitle+"|"+d.Number, "|"))
	}
	return strings.Join(out, "; ")
}

func TestCited(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"a law", "重点对《生猪屠宰管理条例》等法律法规进行宣传。", "生猪屠宰管理条例"},
		{"given away", "与会领导向学生赠送了《中华人民共和国宪法》。", "中华人民共和国宪法"},
		{"a plan", "区政府印发《云河区老旧小区改造三年行动计划（2021—2023年）》。", "云河区老旧小区改造三年行动计划（2021—2023年）"},
		{"its number behind it", "县委、县政府印发《关于做好“三农”工作的实施意见》（云发〔2019〕1号）。", "关于做好“三农”工作的实施意见||云发〔2019〕1号"},
		{"a number with spaces", "根据《省林业局关于开展随机抽查》（豫林保〔2020〕181 号）要求。", "省林业局关于开展随机抽查||豫林保〔2020〕181 号"},
		{"a number without brackets", "按照《关于清理公章的通知》云政办〔1998〕12号执行。", "关于清理公章的通知||云政办〔1998〕12号"},
		{"its number before it", "县政府以政办〔1987〕12号文印发《云河县城镇建设管理暂行办法》。", "云河县城镇建设管理暂行办法||政办〔1987〕12号"},
		{"passed on", "县革委会以云革发〔1971〕23号文件批转《关于知识青年工作的报告》。", "关于知识青年工作的报告||云革发〔1971〕23号"},
		{"square brackets", "县委[2003]5号文件《关于撤乡并镇的决定》下发。", "关于撤乡并镇的决定||县委[2003]5号"},
		{"an order of the State Council", "贯彻《危险化学品安全管理条例》（国务院令第591号）。", "危险化学品安全管理条例||国务院令第591号"},
		{"an order before it", "省政府第35号令《河道采砂管理办法》施行。", "河道采砂管理办法||省政府第35号令"},
		{"an order alone", "公布《云河市户外广告管理办法》（第12号令）。", "云河市户外广告管理办法||第12号令"},
		{"a short year", "县政府发出《关于封山育林的布告》（云政字(87)第15号）。", "关于封山育林的布告||云政字(87)第15号"},
		{"a number alone", "市政府批复同意撤销青岩镇，文号泽府函〔2019〕88号。", "||泽府函〔2019〕88号"},
		{"after 根据", "根据国务院国发〔1985〕42号文件精神，放开猪肉价格。", "||国发〔1985〕42号"},
		{"without marks", "印发了关于加强水库安全的通知（云政办〔2019〕3号）。", "关于加强水库安全的通知||云政办〔2019〕3号"},
		{"without marks, number first", "县政府以云政〔1991〕24号文批转关于发展果业的意见。", "关于发展果业的意见||云政〔1991〕24号"},
		{"a title in a title", "转发《关于印发〈全县防汛预案〉的通知》。", "关于印发〈全县防汛预案〉的通知"},
		{"a title in a title, same marks", "转发《关于印发《全县防汛预案》的通知》。", "关于印发《全县防汛预案》的通知"},
		{"the notice around a title", "根据区委办关于印发《云河区换届工作实施方案》的通知。", "云河区换届工作实施方案"},

		{"called by its end", "分析了《关于制定第十四个五年规划的建议》，解读《建议》提出的目标。", "关于制定第十四个五年规划的建议|建议"},
		{"defined short", "印发《云河县国土空间总体规划》（以下简称《总规》），《总规》提出三条红线。", "云河县国土空间总体规划|总规"},
		{"number and short form in one bracket", "下发《关于粮食购销的意见》（云政〔1998〕7号，以下简称《意见》），《意见》要求敞开收购。", "关于粮食购销的意见|意见|云政〔1998〕7号"},
		{"defined in quotes", "通过《云河县殡葬改革实施办法》（简称“办法”）。", "云河县殡葬改革实施办法|办法"},
		{"the full name later", "宣传《食品安全法》，对《中华人民共和国食品安全法》实施情况执法检查。", "中华人民共和国食品安全法|食品安全法"},
		{"the full name first", "学习《中华人民共和国民法典》，举办《民法典》讲座。", "中华人民共和国民法典|民法典"},
		{"a short form of nothing", "按照《意见》要求，抓好落实。", ""},
		{"twice is once", "修订《云河章程》。会议通过《云河章程》。", "云河章程"},
		{"two texts with one end", "领学了《市委关于人大工作的意见》，印发了《区委关于人大工作的意见》。", "市委关于人大工作的意见; 区委关于人大工作的意见"},
		{"a list", "学习《劳动法》《工会法》和《集体合同规定》。", "劳动法; 工会法; 集体合同规定"},

		{"a contract", "双方签订《战略合作框架协议》。", "战略合作框架协议"},
		{"only a name", "两县签订《协议书》。", "协议书"},
		{"a report given", "李牧原代表县政府作《政府工作报告》。", "政府工作报告"},
		{"a study without a kind", "集中学习《习近平谈治国理政》第三卷。", "习近平谈治国理政"},
		{"a white paper", "发布《云河区营商环境白皮书》。", "云河区营商环境白皮书"},
		{"a memorandum", "签署《黄河流域协同保护备忘录》。", "黄河流域协同保护备忘录"},
		{"village rules", "村民大会表决通过《红光村村规民约》。", "红光村村规民约"},
		{"the land law of 1947", "传达《中国土地法大纲》，开展土地改革。", "中国土地法大纲"},
		{"a resolution of 1981", "学习《关于建国以来党的若干历史问题的决议》。", "关于建国以来党的若干历史问题的决议"},
		{"a draft", "审议《云河区城市更新条例（草案）》。", "云河区城市更新条例（草案）"},
		{"a county annal as a witness", "据《云河县志》记载，此桥建于明代。", "云河县志"},
		{"traditional characters", "縣政府頒布《雲河縣暫行條例》，觀看話劇《雷雨》，公布《雲河縣章程》（雲字〔1947〕第5號）。", "雲河縣暫行條例; 雲河縣章程||雲字〔1947〕第5號"},
		{"a letter", "向全县发出《致全县人民的一封信》。", "致全县人民的一封信"},
		{"a lecture on a law", "举办《反间谍法》专题讲座。", "反间谍法"},

		{"a paper of the Central Committee", "传达贯彻中共中央《关于农业和农村工作若干问题》。", "关于农业和农村工作若干问题"},
		{"three essays", "全县开展学习《为人民服务》《纪念白求恩》《愚公移山》活动。", "为人民服务; 纪念白求恩; 愚公移山"},
		{"the works of a leader", "干部学习《毛泽东选集》。", "毛泽东选集"},
		{"approved by letter", "经国函〔1994〕15号批准，撤县设市。", "||国函〔1994〕15号"},
		{"a commission's code", "省林业局豫林保〔2020〕9号通报，国经贸〔1999〕5号文件。", "||豫林保〔2020〕9号; ||国经贸〔1999〕5号"},
		{"theme of a study", "围绕《安全生产法》专题学习。", "安全生产法"},

		{"a certificate of the land reform", "颁发《中华人民共和国土地房产所有证》。", ""},
		{"a paper that won", "撰写的《县域经济调研报告》获二等奖，论文《关于抗旱的研究》发表。", ""},
		{"a serial film", "文献片《治水方案》开机，放映《地道战》。", ""},
		{"a newspaper learnt from", "学习《人民日报》社论，创办《云河农民报》。", ""},
		{"lists of monuments", "公布《第三批文物保护单位名单》《非物质文化遗产名录》。", "第三批文物保护单位名单; 非物质文化遗产名录"},
		{"a paper of prosecutors", "县检察院向县水利局发出《检察建议书》（云检行建〔2020〕3号）。", "检察建议书||云检行建〔2020〕3号"},
		{"agreements in hundreds", "签订《工资集体协议书》230份，《女职工专项合同》180份。", "工资集体协议书; 女职工专项合同"},
		{"a breach of a law", "张某违反《中华人民共和国野生动物保护法》，被判刑。", "中华人民共和国野生动物保护法"},
		{"a warning film", "观看警示教育片《失衡的代价》，朗诵比赛选《论语》诵读。", ""},
		{"handbooks given away", "赠送《农村实用法律手册》3000册，换发《居民身份证》12万张。", ""},
		{"a play", "演出了小武戏《真假美猴王》、豫剧《穆桂英挂帅》等曲目。", ""},
		{"a film", "组织党员观看电影《云河往事》。", ""},
		{"songs", "合唱《歌唱祖国》《我和我的祖国》。", ""},
		{"named behind", "《铡美案》《花木兰》等经典剧目轮番上演。", ""},
		{"a film of a report", "话剧《一份报告》首演，歌曲《人民公约》获一等奖。", ""},
		{"a topic", "作以《开启新征程 共筑强国梦》为题的宣讲。", ""},
		{"a topic with a kind", "以《学习宪法》为题授课，作题为《解读条例》的讲座。", ""},
		{"newspapers", "《人民日报》刊发报道，《河南日报》记者采访。", ""},
		{"television", "《焦点访谈》栏目组到县采访，《新闻联播》播出。", ""},
		{"a county annal at work", "《云河区志》续修工作座谈会召开，《云河年鉴（2020）》出版发行。", ""},
		{"a crew and its film", "中央电视台《走遍云河》栏目组一行8人拍摄专题片《古寨风云》。", ""},
		{"a review", "县文联主办的《云河文艺》创刊。", ""},
		{"a novel", "作家创作长篇小说《云河谣》，出版诗集《山那边》。", ""},
		{"an exhibition", "展出油画《丰收》、剪纸《年年有余》。", ""},
		{"a dance", "舞蹈《茉莉花》、小品《新办法》、快板《夸夸咱的好政策》。", ""},
		{"methods that are no laws", "赠阅《孙子兵法》，收看《今日说法》，开设《书法》课程。", ""},
		{"certificates", "核发《食品经营许可证》《不动产权证书》。", ""},
		{"a poem read", "学生朗诵《沁园春·雪》，诵读《弟子规》。", ""},
		{"a group", "中央电视台《乡村大世界》摄制组到县拍摄。", ""},
		{"an unclosed mark", "印发《关于加强管理的通知。\n次日执行》。", ""},
		{"an empty mark", "《》印发。", ""},
		{"a year in brackets is no number", "云河年鉴（2021）出版，2019年（第5号）公告，（2020）豫01民初5号判决。", ""},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := documentsOf(extract.Cited(tt.body, "")); got != tt.want {
				t.Errorf("Cited(%q) = %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}

func TestCitedHasEvidenceInBodyAndTitle(t *testing.T) {
	got := extract.Cited("印发《云河区防汛预案》（云政办〔2019〕3号）。", "云河区印发《云河区防汛预案》 宣传《民法典》")
	want := []string{
		"云河区防汛预案||云政办〔2019〕3号 numbered BODY《云河区防汛预案》 BODY云政办〔2019〕3号 TITLE《云河区防汛预案》",
		"民法典 kind TITLE《民法典》",
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v, want %q", got, want)
	}
	for i, d := range got {
		row := documentsOf(got[i:i+1]) + " " + d.Rule
		for _, v := range d.Evidence {
			row += " " + string(v.Field) + v.Text
		}
		if row != want[i] {
			t.Errorf("got %q, want %q", row, want[i])
		}
		mustProve(t, "印发《云河区防汛预案》（云政办〔2019〕3号）。", "云河区印发《云河区防汛预案》 宣传《民法典》", d.Evidence)
	}
	if got[0].Evidence[0].Field != graph.FieldBody {
		t.Errorf("the body's places do not come first")
	}
}
