package io.llmplatform.bench.contender;

import java.io.IOException;
import java.util.List;

/** All that can be measured, by name. */
public final class Targets {
    public static final String DIRECT = "direct";
    public static final String NGINX = "nginx";
    public static final String OURS = "llm-platform";
    public static final String PORTKEY = "portkey";
    public static final String LITELLM = "litellm";
    public static final String BIFROST = "bifrost";

    /** In the order of the table. */
    public static final List<String> ALL = List.of(DIRECT, NGINX, OURS, PORTKEY, LITELLM, BIFROST);

    private Targets() {}

    /** @throws NotMeasured when it cannot be had here */
    public static Target start(String name, Site site) throws NotMeasured, IOException, InterruptedException {
        return switch (name) {
            case DIRECT -> new Direct(site);
            case NGINX -> Nginx.start(site);
            case OURS -> Ours.start(site);
            case PORTKEY -> Portkey.start(site);
            case LITELLM -> LiteLlm.start(site);
            case BIFROST ->
                throw new NotMeasured(
                        "the Go module proxy refuses every module of github.com/maximhq/bifrost (403, tried 2026-11-23)");
            default -> throw new NotMeasured("no such target, known: " + ALL);
        };
    }
}
