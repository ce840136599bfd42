/**
 * Every label of the WHATWG Encoding Standard, and for each encoding a text with its bytes (hex). The bytes were made
 * with another implementation than the one under test.
 */
export interface EncodingSample {
  readonly encoding: string
  readonly labels: string
  readonly text: string
  readonly hex: string
}

export const ENCODING_SAMPLES: readonly EncodingSample[] = [
  {
    encoding: 'utf-8',
    labels: 'utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8',
    text: 'Köln – 東京',
    hex: '4bc3b66c6e20e2809320e69db1e4baac',
  },
  {
    encoding: 'utf-16be',
    labels: 'utf-16be unicodefffe',
    text: 'Köln',
    hex: '004b00f6006c006e',
  },
  {
    encoding: 'utf-16le',
    labels: 'utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16',
    text: 'Köln',
    hex: '4b00f6006c006e00',
  },
  {
    encoding: 'iso-8859-2',
    labels: 'iso-8859-2 iso-ir-101 iso_8859-2:1987 iso8859-2 iso88592 iso_8859-2 csisolatin2 l2 latin2',
    text: 'Łódź ž',
    hex: 'a3f364bc20be',
  },
  {
    encoding: 'iso-8859-3',
    labels: 'iso-8859-3 iso-ir-109 iso_8859-3:1988 iso8859-3 iso88593 iso_8859-3 csisolatin3 l3 latin3',
    text: 'ĉeĥo',
    hex: 'e665b66f',
  },
  {
    encoding: 'iso-8859-4',
    labels: 'iso-8859-4 iso-ir-110 iso_8859-4:1988 iso8859-4 iso88594 iso_8859-4 csisolatin4 l4 latin4',
    text: 'Rīga ņ',
    hex: '52ef676120f1',
  },
  {
    encoding: 'iso-8859-5',
    labels: 'iso-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso_8859-5:1988 iso8859-5 iso88595 iso_8859-5',
    text: 'Москва',
    hex: 'bcdee1dad2d0',
  },
  {
    encoding: 'iso-8859-6',
    labels:
      'iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso_8859-6:1987 iso8859-6 iso88596 iso_8859-6',
    text: 'سلام',
    hex: 'd3e4c7e5',
  },
  {
    encoding: 'iso-8859-7',
    labels:
      'iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 sun_eu_greek iso_8859-7:1987 iso8859-7 iso88597 iso_8859-7',
    text: 'Αθήνα',
    hex: 'c1e8deede1',
  },
  {
    encoding: 'iso-8859-8',
    labels:
      'iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 visual iso_8859-8:1988 iso8859-8 iso88598 iso_8859-8',
    text: 'שלום',
    hex: 'f9ece5ed',
  },
  {
    encoding: 'iso-8859-8-i',
    labels: 'iso-8859-8-i csiso88598i logical',
    text: 'שלום',
    hex: 'f9ece5ed',
  },
  {
    encoding: 'iso-8859-16',
    labels: 'iso-8859-16',
    text: 'țară €',
    hex: 'fe6172e320a4',
  },
  {
    encoding: 'koi8-r',
    labels: 'koi8-r cskoi8r koi koi8 koi8_r',
    text: 'Москва',
    hex: 'edcfd3cbd7c1',
  },
  {
    encoding: 'koi8-u',
    labels: 'koi8-u koi8-ru',
    text: 'Київ',
    hex: 'ebc9a7d7',
  },
  {
    encoding: 'windows-874',
    labels: 'windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620',
    text: 'ไทย',
    hex: 'e4b7c2',
  },
  {
    encoding: 'ibm866',
    labels: 'ibm866 866 cp866 csibm866',
    text: 'Москва',
    hex: '8caee1aaa2a0',
  },
  {
    encoding: 'x-mac-cyrillic',
    labels: 'x-mac-cyrillic x-mac-ukrainian',
    text: 'Москва',
    hex: '8ceef1eae2e0',
  },
  {
    encoding: 'macintosh',
    labels: 'macintosh csmacintosh mac x-mac-roman',
    text: 'Köln',
    hex: '4b9a6c6e',
  },
  {
    encoding: 'gbk',
    labels: 'gbk chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk',
    text: '北京欢迎你',
    hex: 'b1b1bea9bbb6d3adc4e3',
  },
  {
    encoding: 'gb18030',
    labels: 'gb18030',
    text: '北京😀',
    hex: 'b1b1bea99439fc36',
  },
  {
    encoding: 'big5',
    labels: 'big5 big5-hkscs cn-big5 csbig5 x-x-big5',
    text: '臺北歡迎',
    hex: 'bb4fa55fc577aaef',
  },
  {
    encoding: 'euc-jp',
    labels: 'euc-jp cseucpkdfmtjapanese x-euc-jp',
    text: '東京カ',
    hex: 'c5ecb5fea5ab',
  },
  {
    encoding: 'shift_jis',
    labels: 'shift_jis csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis',
    text: '東京カ①',
    hex: '938c8b9e834a8740',
  },
  {
    encoding: 'euc-kr',
    labels:
      'euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
    text: '서울뢔',
    hex: 'bcadbfef8f4f',
  },
  {
    encoding: 'iso-2022-jp',
    labels: 'iso-2022-jp csiso2022jp',
    text: '東京',
    hex: '1b2442456c357e1b2842',
  },
  {
    encoding: 'replacement',
    labels: 'replacement csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr',
    text: '\ufffd',
    hex: '7e7b4b3e7e7d',
  },
  {
    encoding: 'x-user-defined',
    labels: 'x-user-defined',
    text: 'a\uf780\uf7ff',
    hex: '6180ff',
  },
  {
    encoding: 'iso-8859-10',
    labels: 'iso-8859-10 iso8859-10 iso885910 csisolatin6 iso-ir-157 l6 latin6',
    text: 'đŋ',
    hex: 'b9bf',
  },
  {
    encoding: 'iso-8859-13',
    labels: 'iso-8859-13 iso8859-13 iso885913',
    text: 'Rīga „x',
    hex: '52ee676120a578',
  },
  {
    encoding: 'iso-8859-14',
    labels: 'iso-8859-14 iso8859-14 iso885914',
    text: 'ŵ ŷ',
    hex: 'f020fe',
  },
  {
    encoding: 'iso-8859-15',
    labels: 'iso-8859-15 iso8859-15 iso885915 csisolatin9 iso_8859-15 l9',
    text: '5 € œuvre',
    hex: '3520a420bd75767265',
  },
  {
    encoding: 'windows-1250',
    labels: 'windows-1250 cp1250 x-cp1250',
    text: 'Łódź „x',
    hex: 'a3f3649f208478',
  },
  {
    encoding: 'windows-1251',
    labels: 'windows-1251 cp1251 x-cp1251',
    text: 'Москва',
    hex: 'cceef1eae2e0',
  },
  {
    encoding: 'windows-1252',
    labels:
      'windows-1252 cp1252 x-cp1252 ansi_x3.4-1968 ascii cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii',
    text: 'Köln – „5 €“',
    hex: '4bf66c6e2096208435208093',
  },
  {
    encoding: 'windows-1253',
    labels: 'windows-1253 cp1253 x-cp1253',
    text: 'Αθήνα',
    hex: 'c1e8deede1',
  },
  {
    encoding: 'windows-1254',
    labels:
      'windows-1254 cp1254 x-cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5',
    text: 'İzmir ş',
    hex: 'dd7a6d697220fe',
  },
  {
    encoding: 'windows-1255',
    labels: 'windows-1255 cp1255 x-cp1255',
    text: 'שלום ₪',
    hex: 'f9ece5ed20a4',
  },
  {
    encoding: 'windows-1256',
    labels: 'windows-1256 cp1256 x-cp1256',
    text: 'سلام پ',
    hex: 'd3e1c7e32081',
  },
  {
    encoding: 'windows-1257',
    labels: 'windows-1257 cp1257 x-cp1257',
    text: 'Rīga',
    hex: '52ee6761',
  },
  {
    encoding: 'windows-1258',
    labels: 'windows-1258 cp1258 x-cp1258',
    text: 'đồng',
    hex: 'f0f4cc6e67',
  },
]
