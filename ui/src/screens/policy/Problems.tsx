import type { RulesProblem } from "../../api/bindings";
import { Notice } from "../../design";
import { useTexts } from "../../i18n";

type ProblemsProps = { problems: RulesProblem[]; title: string };

/** 文件里的问题 — all of them: file and line, what stands there, what should. */
export function Problems({ problems, title }: ProblemsProps) {
  const { say, language } = useTexts();
  const wrong = problems.some(({ error }) => error);
  return (
    <Notice tone={wrong ? "bad" : "warn"} title={title}>
      {language === "en" && <p className="text-sm text-quiet">{say("preview.in_chinese")}</p>}
      <ul className="mt-1 grid gap-2">
        {problems.map(({ file, line, excerpt, sentence, error }) => (
          <li key={`${file}#${line}#${sentence}`}>
            <p className="text-sm wrap-anywhere">
              <code>{file}</code>
              {line > 0 && <> · {say("preview.line", { line })}</>}
              {!error && <> · {say("preview.warning")}</>}
            </p>
            {excerpt.trim() !== "" && (
              <p className="text-sm wrap-anywhere text-quiet">
                <code>{excerpt.trim().slice(0, 200)}</code>
              </p>
            )}
            <p lang="zh-CN">{sentence}</p>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
