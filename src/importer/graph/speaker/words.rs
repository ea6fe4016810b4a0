//! The words that tell names, roles and organisations apart.

/// What someone is: in lower case, or a short form in capitals.
pub(super) const ROLES: &str = "\
    chief director directors head manager minister secretary president chair chairman chairperson \
    chairwoman chairlady founder founders cofounder officer engineer developer designer lead leader \
    partner principal dean professor lecturer teacher educator student executive analyst architect \
    consultant scientist researcher specialist associate fellow advisor adviser advocate ambassador \
    commissioner member mayor governor owner psychotherapist therapist assistant deputy resident \
    parent mother father volunteer user participant nurse doctor caregiver intern trainer coach \
    editor writer author journalist entrepreneur hawker driver retiree citizen customer \
    administrator coordinator planner controller counsel inspector superintendent treasurer trustee \
    representative strategist technologist programmer tester graduate winner housewife homemaker CEO \
    CTO CIO CISO COO CFO CDO CPO CMO CE DCE MD VP SVP EVP AVP PM DPM SMS MP PS DS GCTO DGCTO CDTO \
    GCDTO";

/// What stands in an organisation's name only.
pub(super) const ORGANISATIONS: &str = "\
    Ministry Department Agency Authority Board Office Group Council Institute Institution University \
    Polytechnic College School Centre Center Association Federation Society Foundation Corporation \
    Corp Inc Ltd Pte LLC LLP GmbH Company Holdings Technologies Solutions Labs Trust Union Hospital \
    Commission Bureau Government Parliament Airport Library Ventures Consulting Bank Chamber \
    Alliance";

/// What a role is about or where it is, and no organisation by itself.
pub(super) const FUNCTIONS_AND_PLACES: &str = "\
    Communications Communication Policy Policies Operations Engineering Technology Digital Data \
    Strategy Marketing Finance Legal Research Product Products Sales Security Cybersecurity Cyber \
    Development Planning Transformation Innovation Design Governance Infrastructure Services Service \
    Partnerships HR ICT IT AI Analytics Architecture Education Health Corporate Public People \
    Culture Experience Industry International Programmes Programme Projects Special Early Childhood \
    Division Sector Community Youth Regional Global Singapore Malaysia Indonesia Thailand Vietnam \
    Philippines Brunei Australia Japan China India Korea Estonia Denmark Finland Canada France \
    Germany Israel Asia Pacific APAC ASEAN EMEA Europe London UK USA US EU Kingdom States Zealand \
    PhD";

/// Frequent surnames in Singapore that are no frequent words of English, in lower case.
pub(super) const SURNAMES: &str = "\
    tan lim lee ng ong wong goh chua chan koh teo ang yeo tay ho toh chong chia seah foo leong lau \
    kwek quek heng loh neo poh cheong tham yap soh chew wee lam chen wang li zhang liu huang yang wu \
    zhao zhou xu zhu lin guo luo gao xie tang feng deng cao peng zeng xiao yuan cai jiang cheng liao \
    pang pek phua peh tiong ting woo yong yip yuen zheng fong fung khoo kho kok kwan kwok lai leow \
    liew loke loo mah mok ooi oon seet sng soo teh teng thio kumar singh kaur menon nair pillai \
    krishnan subramaniam shanmugam balakrishnan ibrahim abdul mohamed muhammad mohammad ahmad ismail \
    rahman hassan osman";

/// Capitalised words that begin a sentence, or name a group, a place, a paper or a thing.
pub(super) const OTHERS: &str = "\
    A An The Our We I You They This That These It My Your Source Satisfied Happy Anonymous Team \
    Teams Users Participants Business Businesses Public Private Sector Government Govt Smart Nation \
    Digital Tech Technology Data Singapore Singaporean Singaporeans Member Members Staff Senior \
    Junior Vice Times News Straits Channel Post Today Zaobao Reuters Forbes Daily Magazine Report \
    Journal Conference Summit Week Awards Award Programme Project Event Example Speaker Quote \
    Feedback Comment Testimonial Company Agencies Ministries Community Communities Kaki Hackathon \
    Workshop Survey Service Services Division Statutory National International Global World Asia \
    Survivor Respondent Visitor Attendee Commuter Applicant Applicants Employee Employer Merchant \
    Shop Store Restaurant Families Family Youth Seniors Elderly Social Software Cloud Cyber Security \
    Innovation Policy Health Education Transport Finance Media With For By Of Featuring Moderator \
    Keynote Opening Welcome Panel Panellist Application Frequently And In On At From To Is Said Says";

/// Honorifics of one word, in lower case without full stops.
pub(super) const HONORIFICS: &str = "\
    mr mrs ms mdm madam miss mx dr prof professor a/prof assocprof sir dame datuk dato datin encik \
    cik puan tuan haji hajjah rev bg bgen lg mg radm col ltc ltg dac sac dsp asp justice drs";

/// Honorifics of two words, in lower case.
pub(super) const TWO_WORDS: &[&str] = &[
    "assoc prof",
    "associate professor",
    "assistant professor",
    "adjunct professor",
    "asst prof",
    "tan sri",
    "datuk seri",
    "dato sri",
    "his excellency",
];

/// Offices that stand before a name, the longest first.
pub(super) const OFFICES: &[&str] = &[
    "Deputy Prime Minister",
    "Senior Minister of State",
    "Senior Parliamentary Secretary",
    "Coordinating Minister",
    "Emeritus Senior Minister",
    "Minister of State",
    "Prime Minister",
    "Senior Minister",
    "Acting Minister",
    "President",
    "Minister",
    "DPM",
    "SMS",
    "MOS",
    "SPS",
    "PM",
    "SM",
];

/// The surnames that most Chinese names begin with, in both ways of writing.
pub(super) const HAN_SURNAMES: &str = "陈陳林黄黃李王张張刘劉吴吳蔡杨楊许許郑鄭谢謝洪郭邱曾廖赖賴徐周叶葉苏蘇庄莊吕呂江何罗羅高萧蕭潘简簡朱钟鍾彭\
    游詹胡施沈余卢盧梁赵趙颜顏柯翁魏孙孫戴范方宋邓鄧杜傅侯曹薛丁卓马馬阮董唐温溫蓝藍蒋蔣石古纪紀姚连連冯馮欧歐程汤湯田康姜汪\
    邹鄒尤巫钱錢尹黎涂龚龔严嚴韩韓袁陆陸符韦韋佘饶饒莫白孔向崔毛邢倪冼凌甘金顾顧龙龍";

/// Whether a word is one of a vocabulary's.
pub(super) fn holds(vocabulary: &str, word: &str) -> bool {
    vocabulary.split_ascii_whitespace().any(|held| held == word)
}
