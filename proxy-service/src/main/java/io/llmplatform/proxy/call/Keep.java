package io.llmplatform.proxy.call;

import io.llmplatform.proxy.stream.SseEvent;
import io.vertx.core.Future;

/** Listens to an answer on its way, to keep it. Hears nothing of one that broke. */
interface Keep {
    Keep NOTHING = new Keep() {};

    /** In the client's API, the last event included. */
    default void event(SseEvent event) {}

    default void whole(byte[] answer) {}

    /** The answer is whole and on record; its last bytes wait for this. Never fails. */
    default Future<Void> completed(CallLedger ledger) {
        return Future.succeededFuture();
    }

    /** Both. */
    default Keep and(Keep other) {
        if (this == NOTHING) {
            return other;
        }
        if (other == NOTHING) {
            return this;
        }
        var first = this;
        return new Keep() {
            @Override
            public void event(SseEvent event) {
                first.event(event);
                other.event(event);
            }

            @Override
            public void whole(byte[] answer) {
                first.whole(answer);
                other.whole(answer);
            }

            @Override
            public Future<Void> completed(CallLedger ledger) {
                return first.completed(ledger).compose(kept -> other.completed(ledger));
            }
        };
    }
}
