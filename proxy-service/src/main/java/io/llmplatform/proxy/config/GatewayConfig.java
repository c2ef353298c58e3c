package io.llmplatform.proxy.config;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.policy.PriceSchedule;
import io.llmplatform.contracts.policy.Rates;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything the gateway knows at one moment. Immutable. */
public final class GatewayConfig {
    public static final GatewayConfig EMPTY =
            new GatewayConfig(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), List.of(), null);

    private final Map<String, ConfigRecord.User> users;
    private final Map<String, ConfigRecord.Team> teams;
    private final Map<String, ConfigRecord.ApiKey> keysByHash;
    private final Map<String, ProviderConfig> providers;
    private final Map<String, ConfigRecord.Model> modelsByName;
    private final Map<String, PublicKey> signingKeys;
    private final Map<String, Prices> pricesByModelId;
    private final PlatformSettingsEvent.Details settings;
    private final int size;
    private final Set<String> closedSessions;

    GatewayConfig(
            Map<String, ConfigRecord.User> users,
            Map<String, ConfigRecord.Team> teams,
            Map<String, ConfigRecord.ApiKey> keysByHash,
            Map<String, ProviderConfig> providers,
            Map<String, ConfigRecord.Model> modelsByName,
            Map<String, PublicKey> signingKeys,
            Set<String> closedSessions,
            Collection<ConfigRecord.PriceBook> priceBooks,
            ConfigRecord.@Nullable Settings settings) {
        this.users = users;
        this.teams = teams;
        this.keysByHash = keysByHash;
        this.providers = providers;
        this.modelsByName = modelsByName;
        this.signingKeys = signingKeys;
        this.closedSessions = closedSessions;
        this.pricesByModelId = prices(modelsByName.values(), priceBooks);
        this.settings = settings == null ? PlatformSettingsEvent.Details.NONE : settings.values();
        this.size = users.size()
                + teams.size()
                + (int) keysByHash.values().stream().distinct().count()
                + providers.size()
                + modelsByName.size()
                + signingKeys.size()
                + closedSessions.size()
                + priceBooks.size();
    }

    private static Map<String, Prices> prices(
            Collection<ConfigRecord.Model> models, Collection<ConfigRecord.PriceBook> books) {
        var versions = books.stream()
                .collect(Collectors.toMap(
                        ConfigRecord.PriceBook::modelId, book -> PriceSchedule.standing(book.versions()), (a, b) -> a));
        return models.stream().collect(Collectors.toMap(ConfigRecord.Model::id, model -> {
            var price = model.price();
            return new Prices(versions.getOrDefault(model.id(), List.of()), price == null ? null : price.toRates());
        }));
    }

    public ConfigRecord.@Nullable User user(String id) {
        return users.get(id);
    }

    public ConfigRecord.@Nullable Team team(String id) {
        return teams.get(id);
    }

    /**
     * @param hash {@link io.llmplatform.contracts.apikey.ApiKeys#hash}
     * @return the key with that secret now or before its last rotation; whether the latter still works, the caller checks
     */
    public ConfigRecord.@Nullable ApiKey apiKey(String hash) {
        return keysByHash.get(hash);
    }

    public @Nullable ProviderConfig provider(String id) {
        return providers.get(id);
    }

    public ConfigRecord.@Nullable Model model(String name) {
        return modelsByName.get(name);
    }

    public Collection<ConfigRecord.Model> models() {
        return modelsByName.values();
    }

    public @Nullable PublicKey signingKey(String keyId) {
        return signingKeys.get(keyId);
    }

    /** What a model costs at that moment: by its price book, or else by the price that stands on it; null = free. */
    public @Nullable Rates rates(ConfigRecord.Model model, Instant at) {
        var prices = pricesByModelId.get(model.id());
        return prices == null ? null : prices.at(at);
    }

    /** What holds for the whole platform; what is absent is as the gateway was started. */
    public PlatformSettingsEvent.Details settings() {
        return settings;
    }

    /** Whether a session was closed before its tokens expired. One that is not known was not. */
    public boolean isClosedSession(String sessionId) {
        return closedSessions.contains(sessionId);
    }

    /** How many things it holds, all kinds together. */
    public int size() {
        return size;
    }
}
