package io.llmplatform.command.login;

import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.session.SessionCommand.CloseSession;
import io.llmplatform.command.session.Sessions;
import io.llmplatform.contracts.event.SessionEvent.Reason;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Once a minute: tells of sessions that have expired (they are refused from that instant on, told or not) and forgets what
 * is too old to matter. Harmless in several instances at once.
 */
@Component
class Housekeeping implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final int MOST_AT_ONCE = 200;

    private final Sessions sessions;
    private final ThrottleRows throttle;
    private final SystemCommands commands;
    private final Clock clock;
    private @Nullable ScheduledExecutorService timer;

    Housekeeping(Sessions sessions, ThrottleRows throttle, SystemCommands commands, Clock clock) {
        this.sessions = sessions;
        this.throttle = throttle;
        this.commands = commands;
        this.clock = clock;
    }

    void run() {
        sessions.expired(MOST_AT_ONCE).forEach(id -> commands.send("sessions", new CloseSession(id, Reason.EXPIRED)));
        sessions.forgetOld();
        throttle.forgetOld(clock.instant());
    }

    @Override
    public void start() {
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("login-housekeeping").factory());
        var _ = timer.scheduleWithFixedDelay(this::tryToRun, 1, 1, TimeUnit.MINUTES);
    }

    private void tryToRun() {
        try {
            run();
        } catch (RuntimeException e) {
            log.warn("login housekeeping: {}; trying again in a minute", e.getMessage());
        }
    }

    @Override
    public void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }
}
