package io.llmplatform.bench.contender;

import io.llmplatform.bench.load.Call;
import io.llmplatform.bench.process.ProcessTree;
import io.llmplatform.bench.upstream.Behaviour;
import java.util.List;
import java.util.Map;

/** The call without a gateway, which the others' latency is compared with. */
record Direct(Site site) implements Target {
    @Override
    public String name() {
        return Targets.DIRECT;
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public String setup() {
        return "the load generator calls the fixed upstream itself";
    }

    @Override
    public Call call(Behaviour behaviour) {
        return new Call(
                behaviour, Site.chat(site.baseUrl(behaviour)), Map.of("content-type", "application/json"), "bench");
    }

    @Override
    public ProcessTree processes() {
        return new ProcessTree(List.of());
    }

    @Override
    public void hold() {}

    @Override
    public void release() {}

    @Override
    public void close() {}
}
