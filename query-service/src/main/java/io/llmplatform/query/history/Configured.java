package io.llmplatform.query.history;

import io.llmplatform.contracts.config.AccessRules;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knew at a moment of the entities an answer is about: rows of the history as the records of
 * {@code gateway.config.v1}, without hashes and secrets.
 */
final class Configured {
    private final Map<String, StateRow> rows = new HashMap<>();
    private final Map<String, ConfigRecord.User> users = new HashMap<>();
    private final Map<String, ConfigRecord.Team> teams = new HashMap<>();
    private final Map<String, ConfigRecord.Provider> providers = new HashMap<>();
    private final Map<String, ConfigRecord.Model> models = new HashMap<>();
    private PlatformSettingsEvent.Details settings = PlatformSettingsEvent.Details.NONE;

    Configured(List<StateRow> all) {
        for (var row : all) {
            rows.put(row.type() + "/" + row.id(), row);
            switch (row.type()) {
                case "user" -> users.put(row.id(), user(row));
                case "team" -> teams.put(row.id(), team(row));
                case "provider" -> providers.put(row.id(), provider(row));
                case "model" -> {
                    var model = model(row);
                    models.merge(model.name(), model, AccessRules::preferred);
                }
                case "platform_settings" -> settings = row.details(PlatformSettingsEvent.Details.class);
                default -> {
                    // not asked for when a request comes
                }
            }
        }
    }

    ConfigRecord.@Nullable User user(@Nullable String id) {
        return id == null ? null : users.get(id);
    }

    ConfigRecord.@Nullable Team team(@Nullable String id) {
        return id == null ? null : teams.get(id);
    }

    ConfigRecord.@Nullable Provider provider(String id) {
        return providers.get(id);
    }

    ConfigRecord.@Nullable Model model(String name) {
        return models.get(name);
    }

    /** By name. */
    List<ConfigRecord.Model> models() {
        return models.values().stream()
                .sorted(Comparator.comparing(ConfigRecord.Model::name))
                .toList();
    }

    PlatformSettingsEvent.Details settings() {
        return settings;
    }

    /** The row behind a record; null when it was not there. */
    @Nullable
    StateRow row(String type, @Nullable String id) {
        return id == null ? null : rows.get(type + "/" + id);
    }

    static ConfigRecord.ApiKey key(StateRow row) {
        var details = row.details(ApiKeyEvent.Details.class);
        return new ConfigRecord.ApiKey(
                row.id(),
                row.event().position(),
                row.isActive(),
                row.text("user_id"),
                row.text("team_id"),
                "",
                null,
                row.instant("previous_until"),
                details.allowedModels(),
                details.expiresAt(),
                details.scopes(),
                details.allowedIps(),
                details.limits(),
                details.budgets(),
                details.cache(),
                details.metadata());
    }

    private static ConfigRecord.User user(StateRow row) {
        return new ConfigRecord.User(
                row.id(),
                row.event().position(),
                row.isActive(),
                Role.of(String.valueOf(row.text("role"))),
                row.text("team_id"),
                row.value("limits", Limits.class),
                budgets(row),
                null);
    }

    private static @Nullable List<Budget> budgets(StateRow row) {
        var budgets = row.value("budgets", Budget[].class);
        return budgets == null ? null : List.of(budgets);
    }

    private static ConfigRecord.Team team(StateRow row) {
        var details = row.details(TeamEvent.Details.class);
        return new ConfigRecord.Team(
                row.id(), row.event().position(), row.isActive(), details.limits(), details.budgets());
    }

    private static ConfigRecord.Provider provider(StateRow row) {
        var details = row.details(ProviderEvent.Details.class);
        return new ConfigRecord.Provider(
                row.id(),
                row.event().position(),
                row.isActive(),
                details.name(),
                details.type(),
                details.baseUrl(),
                null);
    }

    private static ConfigRecord.Model model(StateRow row) {
        var details = row.details(ModelEvent.Details.class);
        return new ConfigRecord.Model(
                row.id(),
                row.event().position(),
                row.isActive(),
                details.name(),
                details.deployments(),
                details.price(),
                details.routing(),
                details.limits(),
                details.cache(),
                details.catalog(),
                Objects.requireNonNullElse(row.instant("created_at"), Instant.EPOCH));
    }
}
