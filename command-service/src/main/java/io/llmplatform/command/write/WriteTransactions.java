package io.llmplatform.command.write;

import io.llmplatform.command.eventstore.LocalEventStore;
import io.llmplatform.command.eventstore.Overtaken;
import io.llmplatform.command.eventstore.StoredEvents;
import io.llmplatform.command.http.Problem;
import io.llmplatform.command.http.Problems;
import io.llmplatform.contracts.secret.SecretBox;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Carries out a whole request in one transaction, which Axon, claims and credentials join. With a key, the answer is
 * stored in it too, so that a crash leaves both or neither. A dry run never commits. Overtaken by another instance, the
 * request is done again from the start: nothing can go on inside a broken transaction.
 */
@Component
class WriteTransactions {
    static final long MOST_KEYS_PER_CALLER = 10_000;

    private static final int MOST_RETRIES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(40);

    private final PlatformTransactionManager transactions;
    private final IdempotentAnswers answers;
    private final LocalEventStore events;
    private final SecureRandom random;

    WriteTransactions(
            PlatformTransactionManager transactions,
            IdempotentAnswers answers,
            LocalEventStore events,
            SecureRandom random) {
        this.transactions = transactions;
        this.answers = answers;
        this.events = events;
        this.random = random;
    }

    void carryOut(WriteRequest write, HttpServletRequest request, HeldAnswer response, Handling handling)
            throws Exception {
        for (int retries = 0; ; retries++) {
            try {
                if (write.isDryRun()) {
                    tryOut(response, handling);
                } else {
                    commitOnce(write, request, response, handling);
                }
                return;
            } catch (RuntimeException e) {
                // An exception handler writes the answer now, or the next try does.
                response.discard();
                if (retries == MOST_RETRIES || !Overtaken.isBehind(e)) {
                    throw e;
                }
                Thread.sleep(Duration.ofMillis(random.nextLong(LONGEST_PAUSE.toMillis())));
            }
        }
    }

    private void tryOut(HeldAnswer response, Handling handling) throws Exception {
        var stored = new StoredEvents();
        var transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        try {
            stored.during(handling::handle);
        } catch (Exception | Error e) {
            rollBackAfter(e, transaction);
            throw e;
        }
        transactions.rollback(transaction);
        DryRunAnswer.replace(response, stored.list());
    }

    private void commitOnce(WriteRequest write, HttpServletRequest request, HeldAnswer response, Handling handling)
            throws Exception {
        var transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        boolean done = false;
        try {
            if (isFree(write, request, response)) {
                handling.handle();
                done = !HttpStatus.valueOf(response.getStatus()).isError();
            }
            if (done) {
                answers.keepUnlessThere(write, Answer.of(write, response));
            }
        } catch (Exception | Error e) {
            rollBackAfter(e, transaction);
            throw e;
        }
        if (done) {
            transactions.commit(transaction);
            events.wakeReaders();
        } else {
            transactions.rollback(transaction);
        }
    }

    /** With the connection gone there is nothing to roll back, and the first failure is the one that tells why. */
    private void rollBackAfter(Throwable failure, TransactionStatus transaction) {
        try {
            transactions.rollback(transaction);
        } catch (TransactionException e) {
            failure.addSuppressed(e);
        }
    }

    /** Whether the key is unused; when it is not, the request is answered. Holds the key until the transaction ends. */
    private boolean isFree(WriteRequest write, HttpServletRequest request, HeldAnswer response) throws IOException {
        if (!answers.tryLock(write)) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            refuse(
                    HttpStatus.CONFLICT,
                    "idempotency-key-in-use",
                    "a request with this key is being carried out; try again",
                    request,
                    response);
            return false;
        }
        try {
            var former = answers.find(write);
            if (former.isEmpty()) {
                return isWithinBounds(write, request, response);
            }
            if (former.get().answers(write)) {
                former.get().replay(response);
            } else {
                refuse(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "idempotency-key-reused",
                        "this key was used with another request; take a new key for a new request",
                        request,
                        response);
            }
        } catch (SecretBox.WrongKeyException e) {
            refuse(
                    HttpStatus.CONFLICT,
                    "idempotency-answer-lost",
                    "the request was carried out, but its answer can no longer be opened",
                    request,
                    response);
        }
        return false;
    }

    private boolean isWithinBounds(WriteRequest write, HttpServletRequest request, HeldAnswer response)
            throws IOException {
        if (answers.countOf(write.caller().userId()) < MOST_KEYS_PER_CALLER) {
            return true;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, "3600");
        refuse(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-idempotency-keys",
                "at most " + MOST_KEYS_PER_CALLER + " keys in 24 hours; write without a key or wait",
                request,
                response);
        return false;
    }

    private static void refuse(HttpStatus status, String name, String detail, HttpServletRequest request, HeldAnswer to)
            throws IOException {
        Problems.write(Problem.of(status, name, detail), request, to);
    }

    /** What the controller does. */
    interface Handling {
        void handle() throws Exception;
    }
}
