package io.llmplatform.contracts.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody tried and did not get. Each attempt is an aggregate of its own. No secret and no body is in it. */
public sealed interface AttemptEvent extends DomainEvent {
    String attemptId();

    /**
     * A command that was understood and not carried out.
     *
     * @param operation  as in {@code management.yaml}, such as {@code POST /users/{id}/disable}
     * @param entityType of what it was meant for, such as {@code user}
     * @param entityId   as the caller named it; absent where something new was to be made
     * @param status     of the answer: 404, 409 or 422
     * @param problem    the last part of the problem's type, such as {@code stale-version}
     */
    @EventType(name = "attempt.CommandRefused")
    record CommandRefused(
            String attemptId,
            String operation,
            @Nullable String entityType,
            @Nullable String entityId,
            int status,
            String problem,
            @Nullable String detail)
            implements AttemptEvent {}

    /** A write that its caller may not do: 403. */
    @EventType(name = "attempt.AccessDenied")
    record AccessDenied(
            String attemptId,
            String operation,
            @Nullable String entityType,
            @Nullable String entityId,
            @Nullable String detail)
            implements AttemptEvent {}

    /**
     * Attempts of a period that were too many to be recorded one by one.
     *
     * @param count   how many, of everybody
     * @param callers ids of those who made most of them, at most 20
     */
    @EventType(name = "attempt.AttemptsLeftOut")
    record AttemptsLeftOut(String attemptId, Instant from, Instant until, long count, List<LeftOut> callers)
            implements AttemptEvent {}

    /** @param count attempts of that person that were left out */
    record LeftOut(String userId, long count) {}
}
