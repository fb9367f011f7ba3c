/// 打印失败的原因
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// A font of the program itself cannot be read.
    #[error("程序自带的字体「{0}」读不出来，请重新安装")]
    Font(&'static str),
    /// The sheet cannot be handed to the templates.
    #[error("估算单的内容排不了版：{0}")]
    Data(String),
    /// A template does not go through.
    #[error("排版没有成功：{0}")]
    Layout(String),
    /// The pages cannot be written as a PDF.
    #[error("PDF 没有写成：{0}")]
    Pdf(String),
}
