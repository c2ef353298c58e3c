package io.llmplatform.command.start;

import java.util.Comparator;
import java.util.List;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the start tasks after Axon has subscribed its handlers and before the web server listens. */
@Component
class StartTasks implements SmartLifecycle {
    /** The web server starts 1024 phases after Axon. */
    private static final int BETWEEN_AXON_AND_THE_WEB_SERVER = SpringAxonConfiguration.LIFECYCLE_PHASE + 512;

    private final List<StartTask> tasks;
    private volatile boolean running;

    StartTasks(List<StartTask> tasks) {
        this.tasks =
                tasks.stream().sorted(Comparator.comparingInt(StartTask::order)).toList();
    }

    @Override
    public void start() {
        tasks.forEach(StartTask::run);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BETWEEN_AXON_AND_THE_WEB_SERVER;
    }
}
