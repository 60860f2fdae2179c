"""Text that both sides know beforehand, so that the first payload of a message is short already.

Part of the format: it is never changed. Another list is another form of a message.
"""

_WORDS = (
    "उपभोक्ता को आपत्ति नहीं उपभोक्ता: अभी ठीक नहीं लाइन स्टाफ: काम पूरा टीम पहुँची लाइन टीम एफओसी केंद्र को भेजी "
    "दूसरी बार शिकायत सुबह से बंद है रात से शाम से कल से आज घंटे से बिजली सप्लाई लाइट नहीं आ रही है बार बार ट्रिप वोल्टेज "
    "कम ज्यादा लो वोल्टेज फेज ट्रांसफार्मर तार टूटा गिरा हुआ खंभा "
    "पोल पर स्पार्किंग चिंगारी करंट फ्यूज उड़ गया मीटर बंद जला तेज चल रहा रीडिंग गलत बिल "
    "पिछले माह से दोगुना बिल अधिक नहीं मिला नाम सुधार लोड कनेक्शन आवेदन शिकायत दर्ज जाँच मोबाइल "
    "शिव मंदिर के पास हनुमान मंदिर के सामने स्कूल के पीछे पानी की टंकी के सामने हनुमान चौक बस स्टैंड के पास अस्पताल मस्जिद "
    "गली नंबर वार्ड मोहल्ला कॉलोनी नगर मकान दुकान बाजार पुलिया नाला तिराहा चौराहा रोड मुख्य मार्ग पंचायत भवन आंगनवाड़ी "
)
_ROLES = "cashier clerk supervisor administrator auditor"
_CODES = "SUP-01SUP-02SUP-03SUP-04SUP-05SUP-06BIL-01BIL-02BIL-03MTR-01MTR-02MTR-03DNG-01CON-01OTH-01"
_PATTERNS = (
    '{"program":"\1.\1.\1","sqlite":"\1.\1.\1","office":"\1","counter":\1,"reason":"start"}',
    '{"code":"R07","known":true}{"code":"R07","known":false}',
    '{"code":"R07","right":"verify"}',
    '{"code":"R07","role":"cashier"}',
    '{"drawer":"\5","clerk":"R07","day":"\2","opening":\1}',
    '{"drawer":"\5","clerk":"R07","day":"\2","expected":\1,"counted":\1,"note":""}',
    '{"paper":"receipt","subject":"\5","consumer":"","month":"","copy":\1,"reason":"\6"}',
    '{"paper":"bill","subject":null,"consumer":"N\1","month":"\1-02","copy":\1,"reason":"\6"}',
    '{"job":"\5","state":"sent","printer":""}{"job":"\5","state":"unknown","printer":""}',
    '{"job":"\5","state":"confirmed","printer":"TM-T\1"}',
    '{"complaint":"\5","stage":"reopened","at":"\3Z","by":"R07","note":""}',
    '{"complaint":"\5","stage":"on_site","at":"\3.\4Z","by":"R07","note":"\6"}',
    '{"complaint":"\5","stage":"forwarded","at":"\3+05:\1","by":"R07","note":"\6"}',
    '{"complaint":"\5","stage":"assigned","at":"\3+05:\1","by":"R07","note":"\6"}',
    '{"complaint":"\5","stage":"attended","at":"\3+05:\1","by":"R07","note":"\6"}',
    '{"complaint":"\5","stage":"closed","at":"\3+05:\1","by":"R07","note":"\6"}',
    '{"serial":\1,"office":"\1","counter":\1,"day":"\2","consumer":"","type":"',
    '","priority":\1,"urban":true,"mobile":"\1","landmark":"","note":"\6","dtr":"","registered_at":"\3.\4Z","due_at":null,',
    '","priority":\1,"urban":false,"mobile":"","landmark":"\6","note":"","dtr":"\1","registered_at":"\3+05:\1",',
    '"due_at":"\3+05:\1","rules":"Counter \1","clerk":"R07"}',
    '"advance","amount":\1}"arrear_duty","amount":\1},{"head":"surcharge","amount":\1},{"head":"arrear","amount":\1},',
    '"tenders":[{"kind":"card","amount":\1,"given":\1,"returned":\1,"reference":"\1","approval":"A\1","confirmed":true}],',
    '"tenders":[{"kind":"upi","amount":\1,"given":\1,"returned":\1,"reference":"\1","approval":"","confirmed":false}],',
    '{"serial":\1,"office":"\1","counter":\1,"day":"\2","consumer":"N\1","bill_number":"\1","bill_month":"\1-02",',
    '"due_date":"\2","due":\1,"dues_as_of":"\3Z","amount":\1,',
    '"tenders":[{"kind":"cash","amount":\1,"given":\1,"returned":\1,"reference":"","approval":"","confirmed":true}],',
    '"shares":[{"head":"current_duty","amount":\1},{"head":"current","amount":\1}],',
    '"order":"sc-\1-\1.\1","advance":false,"clerk":"R07"}',
)
PHRASES = "".join((_WORDS, _ROLES, _CODES, *_PATTERNS)).encode()
