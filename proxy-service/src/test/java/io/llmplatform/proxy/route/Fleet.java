package io.llmplatform.proxy.route;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.ModelEvent.Price;
import io.llmplatform.contracts.policy.Condition;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Routing;
import io.llmplatform.contracts.policy.Routing.Strategy;
import io.llmplatform.proxy.DrivenClock;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.Configs;
import io.llmplatform.proxy.config.GatewayConfig;
import io.llmplatform.proxy.config.ProviderConfig;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A router over providers {@code prv_1} (openai) and {@code prv_2} (anthropic) and the models that a test gives it. */
final class Fleet {
    static final Ask ASK = ask(null);

    final DrivenClock clock = new DrivenClock();
    final Random random = new Random(42);
    final Map<String, ProviderConfig> providers = new LinkedHashMap<>();
    final Map<String, ConfigRecord.Model> models = new LinkedHashMap<>();
    final DeploymentStates states = new DeploymentStates(BreakerSettings.DEFAULT, clock, random);
    Router router = new Router(states, Gate.OPEN, random);
    Predicate<Target> servable = target -> true;
    Predicate<String> mayCall = name -> true;

    Fleet() {
        provider("prv_1", "openai");
        provider("prv_2", "anthropic");
    }

    void provider(String id, String type) {
        providers.put(id, provider(id, type, 1, true, "https://" + id + ".example/v1", "secret"));
    }

    static ProviderConfig provider(String id, String type, long version, boolean active, String url, String secret) {
        return new ProviderConfig(id, version, active, id, type, url, secret, true);
    }

    void model(String name, Routing routing, Deployment... deployments) {
        model(name, true, routing, null, deployments);
    }

    void model(String name, boolean active, Routing routing, Price price, Deployment... deployments) {
        var model = new ConfigRecord.Model(
                "mdl_" + name, 1, active, name, List.of(deployments), price, routing, null, null, Instant.EPOCH);
        models.put(name, model);
    }

    GatewayConfig config() {
        return Configs.of(List.copyOf(providers.values()), List.copyOf(models.values()));
    }

    Journey journey(String model, Ask ask) {
        return router.journey(models.get(model), config(), ask, servable, mayCall);
    }

    Journey journey() {
        return journey("m", ASK);
    }

    /** The first choice, given back at once. */
    String choice(Ask ask) {
        var lease = journey("m", ask).next();
        lease.released();
        return lease.target().deploymentId();
    }

    /** How often each was the first choice. */
    Map<String, Integer> choices(int times) {
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < times; i++) {
            counts.merge(choice(ASK), 1, Integer::sum);
        }
        return counts;
    }

    DeploymentStatus status(String deploymentId) {
        return states.all().stream()
                .filter(status -> status.deploymentId().equals(deploymentId))
                .findFirst()
                .orElseThrow();
    }

    static Ask ask(String user) {
        return new Ask(Operation.CHAT, true, () -> 1000, Map.of(), user, name -> null, Instant.EPOCH);
    }

    static Routing routing(Strategy strategy) {
        return new Routing(strategy, null, null);
    }

    static Routing fallbacks(String... names) {
        return new Routing(null, List.of(names), null);
    }

    static Deployment deployment(String id, int weight) {
        return deployment(id, "prv_1", weight, null, null, null, null);
    }

    static Deployment at(int priority, String id) {
        return deployment(id, "prv_1", 1, priority, null, null, null);
    }

    static Deployment when(String id, Condition condition) {
        return deployment(id, "prv_1", 1, null, condition, null, null);
    }

    static Deployment limited(String id, Limits limits) {
        return deployment(id, "prv_1", 1, null, null, limits, null);
    }

    static Deployment priced(String id, Price price) {
        return deployment(id, "prv_1", 1, null, null, null, price);
    }

    static Price price(String currency, String input, String output) {
        return new Price(currency, new BigDecimal(input), new BigDecimal(output), null);
    }

    static Deployment deployment(
            String id, String provider, int weight, Integer priority, Condition when, Limits limits, Price price) {
        return new Deployment(id, provider, "up-" + id, weight, priority, when, limits, price);
    }
}
