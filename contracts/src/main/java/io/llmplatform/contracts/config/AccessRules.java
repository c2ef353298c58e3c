package io.llmplatform.contracts.config;

import io.llmplatform.contracts.policy.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may call which model with which key: the one rule of the gateway, which enforces it, and of the time machine, which tells what
 * it was at a moment. Pure.
 */
public final class AccessRules {
    /** Two models may carry one name for a moment (renamed, then made anew): the active, then the newer one counts. */
    private static final Comparator<ConfigRecord.Model> BY_WORTH =
            Comparator.comparing(ConfigRecord.Model::active).thenComparing(ConfigRecord.Model::version);

    private AccessRules() {}

    /** Whether a caller is let in, or why not. */
    public enum Standing {
        ACTIVE,
        KEY_DISABLED,
        KEY_EXPIRED,
        USER_DISABLED,
        TEAM_DISABLED
    }

    /** @param currentSecret false when it is the secret before the last rotation */
    public static Standing standing(
            ConfigRecord.ApiKey key,
            boolean currentSecret,
            ConfigRecord.@Nullable User user,
            ConfigRecord.@Nullable Team team,
            Instant now) {
        if (!key.active()) {
            return Standing.KEY_DISABLED;
        }
        if (isPast(key.expiresAt(), now)
                || (!currentSecret && (key.previousUntil() == null || isPast(key.previousUntil(), now)))) {
            return Standing.KEY_EXPIRED;
        }
        return standing(isService(key), user, team);
    }

    /**
     * Of whose key or session it is. A person must be active, and so must their team, if they have one; a service key needs its team.
     *
     * @param user null when they are not known (any more), or a service key calls
     */
    public static Standing standing(
            boolean service, ConfigRecord.@Nullable User user, ConfigRecord.@Nullable Team team) {
        if (!service && (user == null || !user.active())) {
            return Standing.USER_DISABLED;
        }
        boolean open = team == null ? !service : team.active();
        return open ? Standing.ACTIVE : Standing.TEAM_DISABLED;
    }

    /** Whether a key is a machine's, which belongs to a team and to no person. */
    public static boolean isService(ConfigRecord.@Nullable ApiKey key) {
        return key != null && key.userId() == null && key.teamId() != null;
    }

    /** Whose limits and budgets count beside those of key and person; null when there are none. */
    public static @Nullable String teamId(ConfigRecord.@Nullable ApiKey key, ConfigRecord.@Nullable User user) {
        if (user != null) {
            return user.teamId();
        }
        return key == null || key.userId() != null ? null : key.teamId();
    }

    /** @param key null for a session, which is not narrowed */
    public static boolean mayCall(ConfigRecord.@Nullable ApiKey key, String model) {
        var allowed = key == null ? null : key.allowedModels();
        return allowed == null || allowed.contains(model);
    }

    /** @param endpoint such as {@code chat.completions} */
    public static boolean mayUse(ConfigRecord.@Nullable ApiKey key, String endpoint) {
        var scopes = key == null ? null : key.scopes();
        return scopes == null || scopes.contains(endpoint);
    }

    /** @param defaults those of the platform for keys that have none of their own */
    public static @Nullable Limits limits(ConfigRecord.ApiKey key, @Nullable Limits defaults) {
        return key.limits() == null ? defaults : key.limits();
    }

    /** Which of two models of one name counts. */
    public static ConfigRecord.Model preferred(ConfigRecord.Model one, ConfigRecord.Model other) {
        return BY_WORTH.compare(one, other) >= 0 ? one : other;
    }

    /** A model and those of its fallbacks that can stand in for it, in their order. Fallbacks of fallbacks are not followed. */
    public static List<ConfigRecord.Model> chain(
            ConfigRecord.Model model,
            Function<String, ConfigRecord.@Nullable Model> byName,
            Predicate<String> mayCall) {
        var routing = model.routing();
        if (routing == null || routing.fallbacks() == null) {
            return List.of(model);
        }
        var chain = new ArrayList<ConfigRecord.Model>();
        chain.add(model);
        for (var name : routing.fallbacks()) {
            var fallback = byName.apply(name);
            if (fallback != null && fallback.active() && mayCall.test(name) && !chain.contains(fallback)) {
                chain.add(fallback);
            }
        }
        return chain;
    }

    private static boolean isPast(@Nullable Instant instant, Instant now) {
        return instant != null && !now.isBefore(instant);
    }
}
