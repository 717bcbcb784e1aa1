/* Built from the contract with Gear.position as a plain number, so that a value can be sent that the enum does not have.
   Waits for a reader, sends one wrong gear and one right one, ends when its input ends. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "dds/dds.h"
#include "ecu_v1.h"

int main (int argc, char **argv)
{
  dds_entity_t participant = dds_create_participant ((dds_domainid_t) atoi (argv[argc - 1]), NULL, NULL);
  dds_qos_t *qos = dds_create_qos ();
  dds_qset_reliability (qos, DDS_RELIABILITY_RELIABLE, DDS_MSECS (100));
  dds_qset_durability (qos, DDS_DURABILITY_TRANSIENT_LOCAL);
  dds_entity_t topic = dds_create_topic (participant, &ecu_v1_Gear_desc, "Gear", NULL, NULL);
  dds_entity_t writer = dds_create_writer (participant, topic, qos, NULL);
  dds_set_status_mask (writer, DDS_PUBLICATION_MATCHED_STATUS);
  dds_entity_t waitset = dds_create_waitset (participant);
  dds_waitset_attach (waitset, writer, 0);
  if (writer < 0 || dds_waitset_wait (waitset, NULL, 0, DDS_SECS (30)) <= 0) { fprintf (stderr, "no reader\n"); return 1; }

  ecu_v1_Gear g = { .source_time_ns = dds_time (), .sequence_number = 1, .validity = ecu_v1_VALIDITY_VALID, .position = 99 };
  strcpy (g.source, "ecu.odd");
  printf ("wrote %d\n", (int) dds_write (writer, &g));
  fflush (stdout);
  getchar ();
  dds_delete (participant);
  return 0;
}
