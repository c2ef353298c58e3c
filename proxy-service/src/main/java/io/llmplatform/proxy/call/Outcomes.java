package io.llmplatform.proxy.call;

import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.proxy.journal.JournalRefusal;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one way a usage record is written: counted, shown to whoever looks at the request's end, handed to the journal. */
final class Outcomes {
    private Outcomes() {}

    /** @param then on the context, once the journal has taken it or refused to */
    static void write(
            CallServices services,
            Context context,
            CallLedger ledger,
            UsageRecord record,
            Consumer<@Nullable JournalRefusal> then) {
        services.meters().finished(record);
        ledger.arrival().departure().recorded(record);
        services.journal().outcome(record, refusal -> on(context, () -> then.accept(refusal)));
    }

    /** At once when the journal answers on the context's own thread, which it mostly does. */
    static void on(Context context, Runnable action) {
        ((ContextInternal) context).emit(answered -> action.run());
    }

    /** For an answer that needed nobody else: it leaves only when it is on record. */
    static void writeThenAnswer(
            CallServices services, ClientSide client, CallLedger ledger, UsageRecord record, Runnable answer) {
        write(services, services.vertx().getOrCreateContext(), ledger, record, refusal -> {
            if (refusal == null) {
                answer.run();
            } else {
                Refusals.byJournal(services, client, refusal);
            }
        });
    }
}
