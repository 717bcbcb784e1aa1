/* A car made of two signals and a climate unit of one command: what a supplier's C program would do with the IDL.
   Parks the car, prints every HVAC command, answers it as completed. Ends when its input ends. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "dds/dds.h"
#include "ecu_v1.h"

static dds_entity_t topic_of (dds_entity_t participant, const dds_topic_descriptor_t *type, const char *name)
{
  dds_entity_t topic = dds_create_topic (participant, type, name, NULL, NULL);
  if (topic < 0) { fprintf (stderr, "%s: %s\n", name, dds_strretcode (-topic)); exit (1); }
  return topic;
}

int main (int argc, char **argv)
{
  dds_entity_t participant = dds_create_participant ((dds_domainid_t) atoi (argv[argc - 1]), NULL, NULL);
  if (participant < 0) { fprintf (stderr, "participant: %s\n", dds_strretcode (-participant)); return 1; }

  dds_qos_t *cyclic = dds_create_qos ();
  dds_qset_reliability (cyclic, DDS_RELIABILITY_RELIABLE, DDS_MSECS (100));
  dds_qset_deadline (cyclic, DDS_MSECS (500));
  dds_qos_t *on_change = dds_create_qos ();
  dds_qset_reliability (on_change, DDS_RELIABILITY_RELIABLE, DDS_MSECS (100));
  dds_qset_durability (on_change, DDS_DURABILITY_TRANSIENT_LOCAL);
  dds_qos_t *message = dds_create_qos ();
  dds_qset_reliability (message, DDS_RELIABILITY_RELIABLE, DDS_MSECS (100));
  dds_qset_history (message, DDS_HISTORY_KEEP_ALL, 0);

  dds_entity_t speed = dds_create_writer (participant, topic_of (participant, &ecu_v1_VehicleSpeed_desc, "VehicleSpeed"), cyclic, NULL);
  dds_entity_t gear = dds_create_writer (participant, topic_of (participant, &ecu_v1_Gear_desc, "Gear"), on_change, NULL);
  dds_entity_t outcome = dds_create_writer (participant, topic_of (participant, &ecu_v1_CommandOutcome_desc, "CommandOutcome"), message, NULL);
  dds_entity_t commands = dds_create_reader (participant, topic_of (participant, &ecu_v1_HvacCommand_desc, "HvacCommand"), message, NULL);
  if (speed < 0 || gear < 0 || outcome < 0 || commands < 0) { fprintf (stderr, "no reader or writer\n"); return 1; }
  puts ("ready");
  fflush (stdout);

  struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
  uint32_t outcomes = 0;
  for (uint32_t tick = 1; poll (&input, 1, 100) == 0; tick++)
  {
    ecu_v1_VehicleSpeed s = { .source_time_ns = dds_time (), .sequence_number = tick, .validity = ecu_v1_VALIDITY_VALID, .speed_mps = 0.0 };
    strcpy (s.source, "ecu.c.brake");
    dds_write (speed, &s);
    if (tick % 5 == 1)
    {
      ecu_v1_Gear g = { .source_time_ns = dds_time (), .sequence_number = 1 + tick / 5, .validity = ecu_v1_VALIDITY_VALID, .position = ecu_v1_GEAR_PARK };
      strcpy (g.source, "ecu.c.gear");
      dds_write (gear, &g);
    }

    void *samples[1] = { NULL };
    dds_sample_info_t info[1];
    while (dds_take (commands, samples, info, 1, 1) > 0)
    {
      if (info[0].valid_data)
      {
        const ecu_v1_HvacCommand *c = samples[0];
        printf ("command action %d temperature %.1f expired %d\n", (int) c->action, c->temperature_celsius, c->expires_time_ns <= dds_time ());
        fflush (stdout);
        ecu_v1_CommandOutcome o = { .source_time_ns = dds_time (), .sequence_number = ++outcomes, .kind = ecu_v1_OUTCOME_COMPLETED };
        strcpy (o.source, "ecu.c.hvac");
        strcpy (o.command_id, c->command_id);
        strcpy (o.reason, "ok");
        o.has_applied_value = true;
        o.applied_value = c->temperature_celsius;
        dds_write (outcome, &o);
      }
      dds_return_loan (commands, samples, 1);
    }
  }
  dds_delete (participant);
  return 0;
}
