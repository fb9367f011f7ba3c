import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { Member, MemberDetail } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly } from "../../app/status";
import {
  Actions,
  Button,
  DateField,
  Dialog,
  EmptyState,
  ErrorNotice,
  Fields,
  Notice,
  Page,
  Tabs,
  TextField,
  toast,
  Waiting,
} from "../../design";
import { useTexts } from "../../i18n";
import { DueCredits } from "../overview/DueCredits";
import { OtherSums } from "../parts/Causes";
import { useFamily } from "../parts/household";
import { WhoWhere } from "../parts/WhoWhere";
import { AccountCard } from "./AccountCard";
import { CountersCard } from "./CountersCard";
import { EnrollmentsCard } from "./EnrollmentsCard";
import { FormDialog, missing, useProblems } from "./forms";
import { PaidForCard } from "./PaidForCard";
import { PlansCard } from "./PlansCard";
import { PremiumsCard } from "./PremiumsCard";
import { SettlementsCard } from "./SettlementsCard";

function EditMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const { say } = useTexts();
  const [form, setForm] = useState(member);
  const save = useWrite(gongji.memberSave, onClose);
  const { problems, at, submit } = useProblems(missing(form.name.trim(), "name", say), save.error);
  return (
    <FormDialog
      title={say("member.edit")}
      isDirty={form !== member}
      write={save}
      problems={problems}
      onSubmit={() => submit(() => save.mutate(form))}
      onClose={onClose}
    >
      <Fields>
        <TextField
          label={say("member.name")}
          isRequired
          path="name"
          problem={at("name")}
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
        />
        <DateField
          label={say("member.born")}
          path="born"
          problem={at("born")}
          value={form.born}
          onChange={(born) => setForm({ ...form, born })}
        />
      </Fields>
      <TextField
        label={say("member.note")}
        path="note"
        isMultiline
        problem={at("note")}
        value={form.note}
        onChange={(note) => setForm({ ...form, note })}
      />
    </FormDialog>
  );
}

function RemoveMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const { say } = useTexts();
  const navigate = useNavigate();
  const remove = useWrite(gongji.memberRemove, () => {
    toast(say("member.removed", { name: member.name }));
    void navigate({ to: "/members" });
  });
  return (
    <Dialog title={say("member.remove.question", { name: member.name })} isOpen onClose={onClose}>
      <p>{say("member.remove.means")}</p>
      {remove.error && <ErrorNotice error={remove.error} />}
      <Actions>
        <Button look="danger" isPending={remove.isPending} onPress={() => remove.mutate(member.id)}>
          {say("dialog.yes_remove")}
        </Button>
        <Button onPress={onClose}>{say("dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}

function Accounts({ detail }: { detail: MemberDetail }) {
  const { say } = useTexts();
  return (
    <>
      {detail.accounts.length === 0 && (
        <EmptyState title={say("accounts.empty")}>{say("accounts.empty.means")}</EmptyState>
      )}
      {detail.accounts.map((account) => (
        <AccountCard key={account.id} account={account} detail={detail} />
      ))}
      <PaidForCard rows={detail.paid_for} />
    </>
  );
}

function Parts({ detail }: { detail: MemberDetail }) {
  const { say } = useTexts();
  return (
    <Tabs
      label={detail.member.name}
      tabs={[
        { id: "accounts", name: say("member.tab.accounts"), content: <Accounts detail={detail} /> },
        {
          id: "enrollments",
          name: say("member.tab.enrollments"),
          content: <EnrollmentsCard detail={detail} />,
        },
        {
          id: "counters",
          name: say("member.tab.counters"),
          content: <CountersCard member={detail.member.id} counters={detail.counters} />,
        },
        {
          id: "settlements",
          name: say("member.tab.settlements"),
          content: <SettlementsCard member={detail.member.id} />,
        },
        {
          id: "plans",
          name: say("member.tab.plans"),
          content: (
            <>
              <PlansCard detail={detail} />
              <PremiumsCard detail={detail} />
            </>
          ),
        },
      ]}
    />
  );
}

/** 成员详情 */
export function MemberScreen() {
  const { say } = useTexts();
  const { id } = useParams({ from: "/members/$id" });
  const detail = useQuery(asks.memberDetail(Number(id)));
  const card = useFamily().cards.find((one) => one.member.id === Number(id));
  const readOnly = useReadOnly();
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  const close = () => setOpen(null);
  if (!detail.data) {
    return (
      <Page title={say("nav.members")}>
        {detail.error ? (
          <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />
        ) : (
          <Waiting />
        )}
      </Page>
    );
  }
  const { member } = detail.data;
  return (
    <Page
      title={member.name}
      lead={
        <>
          <Link to="/members" className="inline-flex items-center gap-1 text-accent">
            <ArrowLeft aria-hidden className="size-[1.1em] shrink-0" />
            {say("member.back")}
          </Link>
          {card && (
            <span className="block">
              <WhoWhere card={card} />
              {member.note && <> · {member.note}</>}
            </span>
          )}
        </>
      }
      actions={
        <>
          <Button small icon={Pencil} isDisabled={readOnly} onPress={() => setOpen("edit")}>
            {say("member.edit")}
          </Button>
          <Button
            small
            look="danger"
            icon={Trash2}
            isDisabled={readOnly}
            onPress={() => setOpen("remove")}
          >
            {say("member.remove")}
          </Button>
        </>
      }
    >
      {card?.enrollment && !card.has_rules && (
        <Notice tone="warn">{say("member.no_rules", { name: card.place })}</Notice>
      )}
      {card && card.due.length > 0 && <DueCredits due={card.due} />}
      {card && card.other_sums.length > 0 && <OtherSums gaps={card.other_sums} />}
      <Parts detail={detail.data} />
      {open === "edit" && <EditMember member={member} onClose={close} />}
      {open === "remove" && <RemoveMember member={member} onClose={close} />}
    </Page>
  );
}
