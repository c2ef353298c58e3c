package io.llmplatform.command.seed;

import io.llmplatform.command.provider.ProviderType;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.ModelEvent.Details;
import io.llmplatform.contracts.event.ModelEvent.Price;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.policy.Routing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * What the demo starts with. A model runs at its real provider when that provider's key is in the environment, else on
 * the mock; {@code USE_MOCK_SERVICE=true} keeps it on the mock in any case, {@code false} leaves it out without a key.
 * {@code gemini-flash} is there with its key only.
 */
record DemoCatalog(List<DemoProvider> providers, List<DemoModel> models) {
    static final List<DemoAccount> ACCOUNTS = List.of(
            new DemoAccount("admin", "admin123", "Administrator", Role.ADMIN),
            new DemoAccount("demo_user", "demo123", "Demo User", Role.MEMBER),
            new DemoAccount("developer", "dev123", "Developer", Role.MEMBER));

    private static final DemoProvider MOCK =
            new DemoProvider("mock", "mock", "mock:?first_token_ms=40&token_ms=8", null);

    static DemoCatalog from(Environment environment) {
        var builder = new Builder(environment);
        var openai = builder.provider("openai", ProviderType.OPENAI, "OPENAI_API_KEY");
        var deepseek = builder.provider("deepseek", ProviderType.DEEPSEEK, "DEEPSEEK_API_KEY");
        var anthropic = builder.provider("anthropic", ProviderType.ANTHROPIC, "CLAUDE_API_KEY");
        var gemini = builder.provider("gemini", ProviderType.GEMINI, "GEMINI_API_KEY");
        builder.add(
                new DemoModel("gpt-4o", price("2.5", "10", "1.25"), "deepseek-chat"),
                openai,
                "gpt-4o",
                new DemoDeployment("mock", "gpt-4o-east", 3),
                new DemoDeployment("mock", "gpt-4o-west", 1));
        builder.add("deepseek-chat", price("0.28", "0.42", "0.028"), deepseek, "deepseek-chat");
        builder.add("claude-sonnet", price("3", "15", "0.3"), anthropic, "claude-sonnet-4-5");
        if (gemini != null) {
            builder.add("gemini-flash", price("0.3", "2.5", "0.03"), gemini, "gemini-2.5-flash");
        }
        // One for each other endpoint of the data plane. What is not billed by tokens has no price.
        builder.add("text-embedding-3-small", price("0.02", "0", null), openai, "text-embedding-3-small");
        builder.add("omni-moderation-latest", null, openai, "omni-moderation-latest");
        builder.add("gpt-image-1", price("5", "40", "1.25"), openai, "gpt-image-1");
        builder.add("gpt-4o-mini-tts", price("0.6", "12", null), openai, "gpt-4o-mini-tts");
        builder.add("whisper-1", null, openai, "whisper-1");
        builder.add("rerank-1", null, null, "rerank-1");
        return new DemoCatalog(List.copyOf(builder.providers), List.copyOf(builder.models));
    }

    private static Price price(String input, String output, @Nullable String cachedInput) {
        return new Price(
                "USD",
                new BigDecimal(input),
                new BigDecimal(output),
                cachedInput == null ? null : new BigDecimal(cachedInput));
    }

    record DemoAccount(String username, String password, String displayName, Role role) {}

    record DemoProvider(
            String name,
            String type,
            String baseUrl,
            @Nullable String apiKey) {
        @Override
        public String toString() {
            return "DemoProvider[" + name + "]";
        }
    }

    record DemoDeployment(String provider, String upstreamModel, int weight) {}

    /** @param fallback the model to go on with when this one cannot serve */
    record DemoModel(
            String name, @Nullable Price price, @Nullable String fallback, List<DemoDeployment> deployments) {
        DemoModel(String name, @Nullable Price price, @Nullable String fallback) {
            this(name, price, fallback, List.of());
        }

        DemoModel on(List<DemoDeployment> deployments) {
            return new DemoModel(name, price, fallback, deployments);
        }

        Details details(List<Deployment> made) {
            var routing = fallback == null ? null : new Routing(null, List.of(fallback), null);
            return new Details(name, made, price, routing, null, null, DemoAbilities.of(name));
        }
    }

    private static final class Builder {
        private final Environment environment;
        private final @Nullable Boolean useMock;
        private final Set<DemoProvider> providers = new LinkedHashSet<>();
        private final List<DemoModel> models = new ArrayList<>();

        Builder(Environment environment) {
            this.environment = environment;
            this.useMock = switch (environment
                    .getProperty("USE_MOCK_SERVICE", "")
                    .strip()
                    .toLowerCase(Locale.ROOT)) {
                case "" -> null;
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalStateException("USE_MOCK_SERVICE: expected true or false");
            };
            if (!Boolean.FALSE.equals(useMock)) {
                providers.add(MOCK);
            }
        }

        /** Absent unless its key is in the environment and real providers are wanted. */
        @Nullable
        DemoProvider provider(String name, ProviderType type, String variable) {
            var key = environment.getProperty(variable);
            return key == null || key.isBlank() || Boolean.TRUE.equals(useMock)
                    ? null
                    : new DemoProvider(name, type.wire(), Objects.requireNonNull(type.defaultBaseUrl()), key.strip());
        }

        void add(String model, @Nullable Price price, @Nullable DemoProvider provider, String upstreamModel) {
            add(new DemoModel(model, price, null), provider, upstreamModel, new DemoDeployment("mock", model, 1));
        }

        void add(DemoModel model, @Nullable DemoProvider provider, String upstreamModel, DemoDeployment... onMock) {
            if (provider != null) {
                providers.add(provider);
                models.add(model.on(List.of(new DemoDeployment(provider.name(), upstreamModel, 1))));
            } else if (!Boolean.FALSE.equals(useMock)) {
                models.add(model.on(List.of(onMock)));
            }
        }
    }
}
