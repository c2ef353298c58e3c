package io.llmplatform.query.history;

import io.llmplatform.contracts.config.AccessRules;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway would have said to a key, by the gateway's own rules ({@link AccessRules}) on what was configured. Not looked
 * at: how much of limits and budgets was used up, whether providers answered, and whether their secrets could be opened.
 */
final class Access {
    private final Configured configured;
    private final Instant at;
    private final StateRow row;
    private final ConfigRecord.ApiKey key;
    private final ConfigRecord.@Nullable User user;
    private final ConfigRecord.@Nullable Team team;
    private final AccessRules.Standing standing;

    Access(StateRow row, Configured configured, Instant at) {
        this.row = row;
        this.configured = configured;
        this.at = at;
        this.key = Configured.key(row);
        this.user = configured.user(key.userId());
        this.team = configured.team(AccessRules.teamId(key, user));
        this.standing = AccessRules.standing(key, true, user, team, this.at);
    }

    AccessRow to(ConfigRecord.Model model) {
        var chain = AccessRules.chain(model, configured::model, name -> AccessRules.mayCall(key, name));
        var served = chain.stream().flatMap(this::served).toList();
        var reason = reason(model, served);
        return new AccessRow(
                new AccessRow.Thing(key.id(), row.name()),
                thing("user", key.userId()),
                thing("team", AccessRules.teamId(key, user)),
                new AccessRow.Thing(model.id(), model.name()),
                reason == null,
                reason,
                key.expiresAt(),
                key.scopes(),
                key.allowedIps(),
                limits(model),
                budgets(),
                served,
                grounds(model, chain));
    }

    /** In the order in which the gateway asks, by the names it has for it. */
    private @Nullable String reason(ConfigRecord.Model model, List<AccessRow.Served> served) {
        if (standing != AccessRules.Standing.ACTIVE) {
            return standing.name().toLowerCase(Locale.ROOT);
        }
        if (!model.active()) {
            return "model_not_found";
        }
        if (!AccessRules.mayCall(key, model.name())) {
            return "model_not_allowed";
        }
        return served.isEmpty() ? "no_deployment" : null;
    }

    private Stream<AccessRow.Served> served(ConfigRecord.Model model) {
        return model.deployments().stream()
                .filter(deployment -> {
                    var provider = configured.provider(deployment.providerId());
                    return provider != null && provider.active();
                })
                .map(deployment -> new AccessRow.Served(model.name(), deployment.id(), deployment.providerId()));
    }

    private List<AccessRow.LimitsOf> limits(ConfigRecord.Model model) {
        var all = new ArrayList<AccessRow.LimitsOf>();
        add(
                all,
                "api_key",
                key.id(),
                AccessRules.limits(key, configured.settings().defaultKeyLimits()));
        if (user != null) {
            add(all, "user", user.id(), user.limits());
        }
        if (team != null) {
            add(all, "team", team.id(), team.limits());
        }
        add(all, "model", model.id(), model.limits());
        return all;
    }

    private static void add(List<AccessRow.LimitsOf> all, String type, String id, @Nullable Limits limits) {
        if (limits != null) {
            all.add(new AccessRow.LimitsOf(type, id, limits));
        }
    }

    private List<AccessRow.BudgetsOf> budgets() {
        var all = new ArrayList<AccessRow.BudgetsOf>();
        budget(all, "api_key", key.id(), key.budgets());
        if (user != null) {
            budget(all, "user", user.id(), user.budgets());
        }
        if (team != null) {
            budget(all, "team", team.id(), team.budgets());
        }
        return all;
    }

    private static void budget(List<AccessRow.BudgetsOf> all, String type, String id, @Nullable List<Budget> budgets) {
        if (budgets != null && !budgets.isEmpty()) {
            all.add(new AccessRow.BudgetsOf(type, id, budgets));
        }
    }

    private AccessRow.@Nullable Thing thing(String type, @Nullable String id) {
        var found = configured.row(type, id);
        if (id == null) {
            return null;
        }
        return new AccessRow.Thing(id, found == null ? null : found.name());
    }

    private List<AccessRow.Ground> grounds(ConfigRecord.Model model, List<ConfigRecord.Model> chain) {
        var all = new LinkedHashSet<@Nullable StateRow>();
        all.add(row);
        all.add(configured.row("user", key.userId()));
        all.add(configured.row("team", AccessRules.teamId(key, user)));
        all.add(configured.row("model", model.id()));
        for (var each : chain) {
            all.add(configured.row("model", each.id()));
            each.deployments().forEach(deployment -> all.add(configured.row("provider", deployment.providerId())));
        }
        if (key.limits() == null && configured.settings().defaultKeyLimits() != null) {
            all.add(configured.row("platform_settings", PlatformSettingsEvent.ID));
        }
        return all.stream().filter(Objects::nonNull).map(AccessRow.Ground::of).toList();
    }
}
