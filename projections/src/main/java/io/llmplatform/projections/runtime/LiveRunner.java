package io.llmplatform.projections.runtime;

import io.llmplatform.projections.runtime.Build.Role;
import io.llmplatform.projections.runtime.Build.SwapWhen;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the build going that readers see. Finds out by itself when another one has taken its place: what it reads next is
 * fenced, and it begins anew. A build of an older version of the code is not gone on with: a new one is asked for.
 */
final class LiveRunner<E> extends Runner<E> {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRunner.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final RunnerContext context;
    private final Redrive redrive;
    private Instant nextCheck = Instant.MIN;

    LiveRunner(Projection<E> projection, RunnerContext context, Redrive redrive) {
        super(projection, context, HEARTBEAT);
        this.context = context;
        this.redrive = redrive;
    }

    @Override
    protected Target target() {
        var live = context.builds().live(projection.id());
        if (live.version() < projection.id().version()) {
            if (context.builds().find(projection.id(), Role.BUILDING).isEmpty()) {
                LOG.info(
                        "{}: the live build is of version {}, one of version {} is made beside it",
                        projection.id().name(),
                        live.version(),
                        projection.id().version());
                context.builds().request(projection.id(), SwapWhen.CAUGHT_UP);
            }
            throw new TransientFailure(
                    "being built anew for version " + projection.id().version());
        }
        return live.target();
    }

    @Override
    protected boolean attend(Follower<E> follower) {
        redrive.attend(projection, follower.target());
        var now = context.clock().instant();
        if (now.isBefore(nextCheck)) {
            return true;
        }
        nextCheck = now.plusSeconds(5);
        // Where nothing comes, nothing is fenced either.
        return context.builds().live(projection.id()).target().equals(follower.target());
    }
}
