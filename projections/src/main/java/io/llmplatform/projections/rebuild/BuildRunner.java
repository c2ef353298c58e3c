package io.llmplatform.projections.rebuild;

import io.llmplatform.projections.runtime.Build;
import io.llmplatform.projections.runtime.Build.Role;
import io.llmplatform.projections.runtime.Build.SwapWhen;
import io.llmplatform.projections.runtime.BuildStore;
import io.llmplatform.projections.runtime.Follower;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.projections.runtime.Runner;
import io.llmplatform.projections.runtime.RunnerContext;
import io.llmplatform.projections.runtime.Target;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the build of a projection beside the live one, and, as the only one who writes to it, compares and swaps it between
 * two batches: nothing moves on its side meanwhile. Ends when there is nothing to fill.
 */
final class BuildRunner<E> extends Runner<E> {
    private static final Logger LOG = LoggerFactory.getLogger(BuildRunner.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** So far behind it may be when the live one is stopped for it to catch up: a batch or two. */
    private static final long NEARLY = 5_000;

    private final BuildStore builds;
    private final BuildTables tables;
    private final Comparisons comparisons;
    private final LiveHold.Factory live;

    BuildRunner(
            Projection<E> projection,
            RunnerContext context,
            BuildStore builds,
            BuildTables tables,
            Comparisons comparisons,
            LiveHold.Factory live) {
        super(projection, context, HEARTBEAT);
        this.builds = builds;
        this.tables = tables;
        this.comparisons = comparisons;
        this.live = live;
    }

    @Override
    protected @Nullable Target target() {
        var build = current();
        build.ifPresent(some -> tables.ensure(projection, some.target()));
        return build.map(Build::target).orElse(null);
    }

    private Optional<Build> current() {
        return builds.find(projection.id(), Role.BUILDING).filter(build -> !build.paused());
    }

    @Override
    protected boolean attend(Follower<E> follower) throws InterruptedException {
        var build = current();
        if (build.isEmpty() || !build.get().target().equals(follower.target())) {
            return false;
        }
        if (!build.get().caughtUp() || follower.lag() < 0 || follower.lag() > NEARLY) {
            return true;
        }
        return !served(build.get(), follower);
    }

    /** @return whether the build is the live one now */
    private boolean served(Build build, Follower<E> follower) throws InterruptedException {
        var swapWhen = build.swapWhen();
        boolean cut = follower.historyIsCut() && swapWhen == SwapWhen.CAUGHT_UP;
        if (build.compareWanted() || swapWhen == SwapWhen.EQUAL || cut) {
            boolean equal = compare(follower);
            if (!equal && swapWhen != null && swapWhen != SwapWhen.ANYWAY) {
                LOG.warn(
                        "{} build {} is not swapped: it differs from the live one{}",
                        projection.id().name(),
                        build.target().build(),
                        cut ? ", and its topic no longer has the oldest records" : "");
                comparisons.holdSwap(build.target());
                return false;
            }
        }
        return swapWhen != null && swap(follower);
    }

    private boolean compare(Follower<E> follower) throws InterruptedException {
        try (var hold = live.hold(projection, follower);
                var comparison = comparisons.begin(projection, hold.target(), follower.target())) {
            hold.release();
            return comparison.finish();
        }
    }

    private boolean swap(Follower<E> follower) throws InterruptedException {
        try (var hold = live.hold(projection, follower)) {
            hold.swap(projection, follower.target());
        }
        LOG.info(
                "{}: build {} is what readers see now",
                projection.id().name(),
                follower.target().build());
        return true;
    }
}
