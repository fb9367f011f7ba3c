import { Link } from "@tanstack/react-router";
import type { EstimatePrefill, MemberCard } from "../../api/bindings";
import { Amount, buttonLook, Card, CheckField, Facts } from "../../design";
import { classes } from "../../design/classes";
import { useTexts } from "../../i18n";

type Props = {
  card: MemberCard;
  prefill: EstimatePrefill;
  useAccount: boolean;
  onChange: (use: boolean) => void;
};

/** 付款用的钱 — what stands on the own account and on the accounts of bound relatives. */
export function MoneyAtHand({ card, prefill, useAccount, onChange }: Props) {
  const { say } = useTexts();
  const own = Object.entries(prefill.own).map(([id, balance]) => {
    const part = card.subs.find((sub) => sub.sub === id);
    return {
      key: `own-${id}`,
      name: part?.name ?? say("estimate.share.own"),
      value: (
        <>
          <Amount value={balance} />
          {part?.withdrawable && (
            <span className="text-quiet"> · {say("account.withdrawable")}</span>
          )}
        </>
      ),
    };
  });
  const aid = prefill.aid.map(({ name, rank, balance }) => ({
    key: `aid-${rank}`,
    name: say("estimate.aid.of", { name }),
    value: <Amount value={balance} />,
  }));
  return (
    <Card title={say("estimate.at_hand")}>
      <div className="grid gap-3">
        {own.length + aid.length > 0 && <Facts rows={[...own, ...aid]} />}
        {own.length === 0 && (
          <p className="text-quiet">
            {say(card.has_account === false ? "estimate.own.none" : "estimate.own.not_stated")}
          </p>
        )}
        {aid.length === 0 && (
          <p className="text-quiet">
            {say("estimate.aid.none")}
            <Link
              to="/aid"
              search={{ member: card.member.id }}
              className={classes(buttonLook("link"), "ml-1")}
            >
              {say("estimate.aid.go")}
            </Link>
          </p>
        )}
        {card.has_account !== false && (
          <CheckField
            label={say("estimate.use_account")}
            hint={say("estimate.use_account.hint")}
            isSelected={useAccount}
            onChange={onChange}
          />
        )}
      </div>
    </Card>
  );
}
