global using System.Net;
global using System.Text.Json;
global using System.Text.Json.Nodes;
global using EcuAgent.MerchantSim.Faults;
global using EcuAgent.MerchantSim.Http;
global using EcuAgent.MerchantSim.Payments;
global using EcuAgent.MerchantSim.Tests.Support;
global using Xunit;
