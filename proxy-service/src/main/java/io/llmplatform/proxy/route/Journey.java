package io.llmplatform.proxy.route;

import io.llmplatform.contracts.config.AccessRules;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.proxy.config.GatewayConfig;
import io.llmplatform.proxy.route.Router.Entered;
import io.llmplatform.proxy.route.Router.Refused;
import io.llmplatform.proxy.route.Shortage.Busy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through the deployments that may serve it: those of the model it asks for, by priority, then those of the
 * model's fallbacks in their order. Fallbacks of fallbacks are not followed: the whole chain stands in one place, and has no
 * cycles. Goes by the configuration that it began with. Belongs to one event loop.
 */
public final class Journey {
    private final Router router;
    private final GatewayConfig config;
    private final Ask ask;
    private final Predicate<Target> servable;
    private final List<ConfigRecord.Model> models;
    private final List<Stage> stages = new ArrayList<>(1);
    private final Set<String> tried = new HashSet<>(4);
    private @Nullable Busy soonest;

    Journey(
            Router router,
            ConfigRecord.Model model,
            GatewayConfig config,
            Ask ask,
            Predicate<Target> servable,
            Predicate<String> mayCall) {
        this.router = router;
        this.config = config;
        this.ask = ask;
        this.servable = servable;
        this.models = AccessRules.chain(model, config::model, mayCall);
    }

    /**
     * The next deployment to try, never one that was tried.
     *
     * @return null when there is none now: {@link #shortage()} tells why
     */
    public @Nullable Lease next() {
        soonest = null;
        for (int i = 0; i < models.size(); i++) {
            for (var tier : stage(i).tiers()) {
                var lease = from(tier, stage(i));
                if (lease != null) {
                    return lease;
                }
            }
        }
        return null;
    }

    /** As {@link #next()}, but those that were tried may be tried again: after a while, when there was no other. */
    public @Nullable Lease again() {
        tried.clear();
        return next();
    }

    /**
     * Whether {@link #next()} would find one. It may still find none: other requests are faster, and limits are not asked here,
     * since asking takes.
     */
    public boolean another() {
        for (int i = 0; i < models.size(); i++) {
            for (var tier : stage(i).tiers()) {
                for (var target : tier) {
                    if (!tried.contains(target.deploymentId())
                            && router.candidate(target).state().mayServe()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Why {@link #next()} found none the last time. */
    public Shortage shortage() {
        if (soonest != null) {
            return soonest;
        }
        if (!tried.isEmpty()) {
            return new Shortage.Exhausted();
        }
        if (stages.stream().anyMatch(Stage::unmatched)) {
            return new Shortage.NotMatched();
        }
        return stages.stream().anyMatch(Stage::unservable) ? new Shortage.NotServable() : new Shortage.NotConfigured();
    }

    /** Fallbacks are looked at only when it comes to them. */
    private Stage stage(int index) {
        if (index == stages.size()) {
            stages.add(Stage.of(models.get(index), config, ask, servable));
        }
        return stages.get(index);
    }

    private @Nullable Lease from(List<Target> tier, Stage stage) {
        var left = new ArrayList<Candidate>(tier.size());
        for (var target : tier) {
            if (!tried.contains(target.deploymentId())) {
                left.add(router.candidate(target));
            }
        }
        var next = sticky(tier, left, stage);
        while (next != null || !left.isEmpty()) {
            var candidate = next != null ? next : left.size() == 1 ? left.getFirst() : router.pick(left, stage, ask);
            switch (router.enter(candidate, ask)) {
                case Entered(var lease) -> {
                    tried.add(candidate.target().deploymentId());
                    return lease;
                }
                case Refused(var why) -> refused(why);
            }
            left.remove(candidate);
            next = null;
        }
        return null;
    }

    /** Chosen among the whole tier, so that it stays the same one whoever was tried before. */
    private @Nullable Candidate sticky(List<Target> tier, List<Candidate> left, Stage stage) {
        var key = left.isEmpty() ? null : Sticky.key(stage.model().routing(), ask);
        if (key == null) {
            return null;
        }
        var kept = Sticky.choose(key, tier);
        return left.stream()
                .filter(candidate -> candidate.target() == kept)
                .findFirst()
                .orElse(null);
    }

    private void refused(Busy why) {
        if (soonest == null || why.retryAfter().compareTo(soonest.retryAfter()) < 0) {
            soonest = why;
        }
    }
}
