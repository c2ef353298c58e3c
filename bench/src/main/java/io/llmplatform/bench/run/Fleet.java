package io.llmplatform.bench.run;

import io.llmplatform.bench.contender.NotMeasured;
import io.llmplatform.bench.contender.Ours;
import io.llmplatform.bench.contender.Site;
import io.llmplatform.bench.contender.Target;
import io.llmplatform.bench.contender.Targets;
import io.llmplatform.bench.report.TargetInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The targets of a run: those that came up, held until it is their turn, and why the others did not. */
final class Fleet implements AutoCloseable {
    private static final int REST_MILLIS = 3000;

    private final List<String> names;
    private final List<Target> up = new ArrayList<>();
    private final Map<String, String> away = new HashMap<>();
    private final Map<String, Long> idle = new HashMap<>();

    Fleet(List<String> names) {
        this.names = names;
    }

    /** One after the other; each gets a moment to come to rest before its memory is read. */
    void start(Site site, Progress progress) throws IOException, InterruptedException {
        for (var name : names) {
            try {
                var target = Targets.start(name, site);
                up.add(target);
                progress.say("%s %s is up", name, target.version());
                Thread.sleep(REST_MILLIS);
                idle.put(name, target.processes().residentBytes());
                target.hold();
            } catch (NotMeasured e) {
                goWithout(name, e.why(), progress);
            } catch (IOException e) {
                if (name.equals(Targets.OURS)) {
                    throw e;
                }
                goWithout(name, e.toString(), progress);
            }
        }
    }

    private void goWithout(String name, String why, Progress progress) {
        away.put(name, why);
        progress.say("%s is not measured: %s", name, why);
    }

    List<Target> up() {
        return up;
    }

    Optional<Ours> ours() {
        return up.stream().filter(Ours.class::isInstance).map(Ours.class::cast).findFirst();
    }

    /** In the order asked for, after a moment of rest. */
    List<TargetInfo> infos(MemoryWatch memory) throws InterruptedException {
        Thread.sleep(REST_MILLIS);
        return names.stream().map(name -> info(name, memory)).toList();
    }

    private TargetInfo info(String name, MemoryWatch memory) {
        return up.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .map(target -> new TargetInfo(name, target.version(), target.setup(), null, memory(target, memory)))
                .orElseGet(() -> new TargetInfo(name, "", "", away.getOrDefault(name, "it was not started"), null));
    }

    private TargetInfo.@Nullable Memory memory(Target target, MemoryWatch watch) {
        if (target.processes().isEmpty()) {
            return null;
        }
        return new TargetInfo.Memory(
                idle.getOrDefault(target.name(), 0L),
                watch.mostOf(target.name()),
                target.processes().residentBytes());
    }

    @Override
    public void close() {
        up.forEach(Target::close);
    }
}
