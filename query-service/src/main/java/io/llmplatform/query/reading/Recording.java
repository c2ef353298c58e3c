package io.llmplatform.query.reading;

import io.llmplatform.query.web.RefusedException;
import java.util.concurrent.CompletableFuture;

/** Whether a question has been recorded, for those who ask it again while it is. */
final class Recording {
    private final CompletableFuture<Boolean> safe = new CompletableFuture<>();

    void succeeded() {
        safe.complete(true);
    }

    void failed() {
        safe.complete(false);
    }

    /** @throws RefusedException 503 when it was not */
    void join() {
        if (!safe.join()) {
            throw refusal();
        }
    }

    static RefusedException refusal() {
        return RefusedException.unavailable("who reads this is recorded first, and that is not possible at the moment");
    }
}
