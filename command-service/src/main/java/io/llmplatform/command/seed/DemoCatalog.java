package io.llmplatform.command.seed;

import io.llmplatform.contracts.event.ModelEvent.Price;
import io.llmplatform.contracts.http.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * What the demo starts with. A model runs at its real provider when that provider's key is in the environment, else on
 * the mock; {@code USE_MOCK_SERVICE=true} keeps it on the mock in any case, {@code false} leaves it out without a key.
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
        builder.add(
                "gpt-4o",
                price("2.5", "10", "1.25"),
                List.of(new DemoDeployment("mock", "gpt-4o-east", 3), new DemoDeployment("mock", "gpt-4o-west", 1)),
                new DemoProvider("openai", "openai", "https://api.openai.com/v1", builder.key("OPENAI_API_KEY")),
                "gpt-4o");
        builder.add(
                "deepseek-chat",
                price("0.28", "0.42", "0.028"),
                List.of(new DemoDeployment("mock", "deepseek-chat", 1)),
                new DemoProvider(
                        "deepseek", "deepseek", "https://api.deepseek.com/v1", builder.key("DEEPSEEK_API_KEY")),
                "deepseek-chat");
        builder.add(
                "claude-sonnet",
                price("3", "15", "0.3"),
                List.of(new DemoDeployment("mock", "claude-sonnet", 1)),
                new DemoProvider(
                        "claude", "openai-compatible", "https://api.anthropic.com/v1", builder.key("CLAUDE_API_KEY")),
                "claude-sonnet-4-5");
        return new DemoCatalog(List.copyOf(builder.providers), List.copyOf(builder.models));
    }

    private static Price price(String input, String output, String cachedInput) {
        return new Price("USD", new BigDecimal(input), new BigDecimal(output), new BigDecimal(cachedInput));
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

    record DemoModel(String name, List<DemoDeployment> deployments, Price price) {}

    private static final class Builder {
        private final Environment environment;
        private final @Nullable Boolean useMock;
        private final List<DemoProvider> providers = new ArrayList<>();
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

        @Nullable
        String key(String variable) {
            var key = environment.getProperty(variable);
            return key == null || key.isBlank() ? null : key.strip();
        }

        void add(String model, Price price, List<DemoDeployment> onMock, DemoProvider provider, String upstreamModel) {
            if (provider.apiKey() != null && !Boolean.TRUE.equals(useMock)) {
                providers.add(provider);
                models.add(new DemoModel(model, List.of(new DemoDeployment(provider.name(), upstreamModel, 1)), price));
            } else if (!Boolean.FALSE.equals(useMock)) {
                models.add(new DemoModel(model, onMock, price));
            }
        }
    }
}
